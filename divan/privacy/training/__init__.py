"""How the tagger is made: lists, texts that are generated from templates, and an averaged perceptron."""
