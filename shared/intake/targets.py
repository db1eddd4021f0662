"""What can be taken in: the targets that applications name in ``AppConfig.intake_targets``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import cast

from django.apps import apps
from django.utils.module_loading import import_string

from shared.intake.rules.target import Field, Target


@cache
def targets() -> Mapping[str, Target]:
    """Kind -> target, in the order in which files are best taken in."""
    names = [name for config in apps.get_app_configs() for name in getattr(config, "intake_targets", ())]
    found = [cast("Target", import_string(name)) for name in names]
    return {target.kind: target for target in found}


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind that this tenant takes in, with the choices that it has; runs in its scope."""
    target = targets()[kind]
    own, left_out = target.choices(), target.left_out()
    return tuple(
        replace(one, choices=own[one.code].choices, meanings=own[one.code].meanings) if one.code in own else one
        for one in target.fields
        if one.code not in left_out
    )
