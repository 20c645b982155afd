"""The knowledge base: publications and their files."""
