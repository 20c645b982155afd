"""The delivery API: its core here, endpoints in each app."""

VERSION = "1.0.0"
