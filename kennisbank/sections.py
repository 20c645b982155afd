"""Sections of these pages."""


def listing(*a):
    return []


def files(*a):
    return []


def publication_facts(*a):
    return []


def publication_values(page, context):
    return {
        "publication_type": str(page.publication_type),
        "publication_date": page.publication_date,
        "document_language": page.document_language,
        "files": [],
    }
