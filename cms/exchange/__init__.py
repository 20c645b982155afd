"""Sheets in and out: what every import and export of records shares. What a row means, each app knows."""
