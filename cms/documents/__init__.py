"""Files of the library: what they are, whether they may come in, and what stands in them."""
