"""Sections of these pages."""


def structure(*a):
    return []


def body_facts(*a):
    return []


def body_relations(*a):
    return []


def body_members(*a):
    return []


def body_parts(*a):
    return []


def body_values(page, context):
    return {"short_name": page.short_name, "body_kind": str(page.kind), "tier": page.tier}
