"""Ce qui construit vite et juste : savoir ce qui a changé, ne refaire que cela, publier sans jamais rien casser."""
