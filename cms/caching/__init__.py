"""Fresh answers that cost little: the generation of what is public, conditional requests, a store of whole answers."""
