"""Recevoir les réponses sans en perdre une ni savoir de qui elles viennent."""
