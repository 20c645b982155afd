"""The API app."""

from ninja import NinjaAPI

api = NinjaAPI(title="API", version="1.0.0", docs_url=None)
