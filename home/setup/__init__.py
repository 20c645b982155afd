"""Fills a site from data files: what a region needs to start, and an example network on top of it."""
