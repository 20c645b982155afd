"""Many files at once: upload, describe them together, make a publication of each. And new versions of a file."""
