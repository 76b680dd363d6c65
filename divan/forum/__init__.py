"""Le forum tel qu'il est écrit : fils, réponses, annuaires, vocabulaire. Ne sait rien de Pelican."""
