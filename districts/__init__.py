"""Districts, municipalities and their safety plans."""
