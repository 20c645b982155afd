"""Tells CDNs, Varnish and other people's frontends that something public changed. Nothing is lost, and nobody waits."""
