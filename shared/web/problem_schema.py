"""How the JSON interface tells what is wrong (RFC 9457), for its schema."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

PROBLEM: Final = "application/problem+json"


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details: ``title`` is a sentence for people, ``code`` is stable."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    field = serializers.CharField(required=False, allow_blank=True)


def problem(status: int, description: str) -> dict[tuple[int, str], OpenApiResponse]:
    """A refusal with ``status``, to be merged into the responses of an operation."""
    return {(status, PROBLEM): OpenApiResponse(ProblemSerializer, description)}
