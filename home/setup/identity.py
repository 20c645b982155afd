"""Fixed identifiers for what the data files make, so that a second run recognises it after an editor renamed it."""

import uuid

_NAMESPACE = uuid.UUID("8f5d9a52-6c1c-4a0e-9d7b-3f1f0f2f7a11")


def identity(*names: str | int) -> uuid.UUID:
    """Give the same identifier each time for the same names, as identity("page", "contact")."""
    return uuid.uuid5(_NAMESPACE, "/".join(str(name) for name in names))
