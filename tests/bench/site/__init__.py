"""Measures the whole site: pages and API beside Wagtail's own API and a bare view, growth, memory, the frontend."""

# Below it stand those that the site is measured beside.
PEERS = "/bench/"
