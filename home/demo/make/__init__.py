"""Writers of the demo's documents, one module for each kind of file. For development: the site never imports this."""
