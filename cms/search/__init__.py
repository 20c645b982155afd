"""The search of the site: what is findable, its index in PostgreSQL, and the questions that readers ask it."""
