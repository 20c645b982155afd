"""The home page, plain content pages, and the commands that set up a site."""
