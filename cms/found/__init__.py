"""How the site is found and shared: sitemap, robots.txt, feeds, what search engines read, security.txt, icons."""
