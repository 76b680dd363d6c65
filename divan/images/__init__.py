"""Images: what one may hold to be published, and how to make one that passes."""
