"""A study tried before it opens: its forms as they will be, what trying them told, and nothing kept."""
