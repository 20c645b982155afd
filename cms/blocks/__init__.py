"""The StreamField blocks, a family a file, and the registry to which apps add theirs."""
