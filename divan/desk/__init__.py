"""Le bureau des modérateurs : lire les propositions, décider, publier dans git."""
