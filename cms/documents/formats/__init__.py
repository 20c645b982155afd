"""Readers, one module a family of formats. They run in the child process (cms/documents/child.py): no Django here."""
