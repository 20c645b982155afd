"""Addresses of the Kennisbank that no page stands at; in every language, below the page of the Kennisbank."""

from django.urls import re_path

from kennisbank.downloads import table

urlpatterns = [re_path(r"^(?:[\w\-]+/)+publicaties\.csv$", table)]
