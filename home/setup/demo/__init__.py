"""The example network: pages, records, files, translations and logins on top of a region that has been set up."""
