"""Sections of these pages."""


def theme_cards(*a):
    return []


def situation(*a):
    return []


def roles(*a):
    return []


def approach(*a):
    return []


def expert_group(*a):
    return []


def theme_values(page, context):
    return {"contact_role": page.contact_role, "contact_email": page.contact_email}
