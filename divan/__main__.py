"""« python -m divan », où l'installation n'a pas posé la commande."""

import sys

from divan.commands.runs import main

if __name__ == "__main__":
    sys.exit(main())
