"""La commande « divan » : ses mots, ses appels, et comment elle parle."""
