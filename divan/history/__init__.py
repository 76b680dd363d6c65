"""What git remembers: which words stand in it, and how to have it forget them."""
