"""Sections of these pages."""


def district_cards(*a):
    return []


def district_facts(*a):
    return []


def practice(*a):
    return []


def district_municipalities(*a):
    return []


def district_plans(*a):
    return []


def municipality_groups(*a):
    return []


def district_values(page, context):
    return {"municipality_count": 0}


def municipality_at(components):
    return None


def municipality_view(page, subject, context):
    raise LookupError
