"""The network in and out as sheets: organisations, bodies, relations, memberships, municipalities and safety plans."""
