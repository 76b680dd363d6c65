"""L'audit de ce qui est publié : rien de ce qui est réservé ou retiré ne se lit dans aucun fichier du site."""
