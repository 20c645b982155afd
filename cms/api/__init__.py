"""The delivery API: its core here, endpoints in each app."""

VERSION = "1.2.0"
