"""Ce que sont une étude, une vague, un questionnaire et un item ; lire des réponses, les apparier."""
