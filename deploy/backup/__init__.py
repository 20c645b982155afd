"""Backup and restore of one site: database, images and documents in one dated folder. Standard library only."""
