"""The pages' common frame: templates, style sheets, form markup, small scripts. No models."""

from __future__ import annotations

from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "shared.frame"
    label = "frame"
