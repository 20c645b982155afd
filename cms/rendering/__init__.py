"""From models to plain typed values and HTML, the same for Django's pages and the delivery API."""
