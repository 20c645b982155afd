"""Endpoints of this app."""

from ninja import Router

from cms.api.page_types import register_record_view
from districts.views import MunicipalityView

register_record_view(MunicipalityView)

router = Router(by_alias=True)
