"""The delivery API: its core here, endpoints in each app."""

VERSION = "1.1.0"
