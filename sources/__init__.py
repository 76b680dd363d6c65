"""Ce que des gens ont écrit à la main : le lire avec ses numéros de ligne, dire tout ce qui ne va pas, récrire sans rien perdre."""
