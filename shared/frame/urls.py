"""Addresses that every site has; the style guide only where DEBUG is on."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from shared.frame import styleguide, views

app_name = "frame"

urlpatterns: list[URLPattern] = [
    path("language/", views.language, name="language"),
    path("accessibility/", views.accessibility, name="accessibility"),
]

if settings.DEBUG:
    urlpatterns += [
        path("frame/styleguide/", styleguide.components, name="styleguide"),
        path("frame/styleguide/<slug:sample>/", styleguide.sample, name="sample"),
    ]
