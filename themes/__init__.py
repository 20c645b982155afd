"""Safety themes."""
