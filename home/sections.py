"""Sections of these pages."""


def home_parts(*a):
    return []


def home_values(page, context):
    return {"title": page.slogan, "ways_in": []}
