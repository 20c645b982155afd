"""The delivery API: its core here, endpoints in each app."""
