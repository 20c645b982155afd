"""How the site is run: `local` on one machine, with nothing but Python and make."""
