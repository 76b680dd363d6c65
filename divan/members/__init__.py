"""What members alone open: their keys, and the files that these keys open."""
