"""Le catalogue des fils : lesquels ont changé, ce qu'il en garde, leurs listes, ce qu'il donne à montrer."""
