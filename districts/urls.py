"""Addresses of the districts app that no page stands at; in every language, below the page of the matrix."""

from django.urls import re_path

from districts.downloads import table

urlpatterns = [re_path(r"^(?:[\w\-]+/)+prioriteiten\.csv$", table)]
