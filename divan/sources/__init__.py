"""Ce que des gens écrivent à la main : le lire avec ses lignes, dire tout ce qui cloche, récrire sans rien perdre."""
