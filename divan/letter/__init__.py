"""La lettre de la semaine : ce qu'elle dit, à qui elle va, comment elle part une fois et une seule."""
