"""Drafts shown to whom may see them: to editors in both renderings, and to readers outside the admin by a link."""
