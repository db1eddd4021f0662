"""Addresses of the board and of what is done from it."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff import board, move

urlpatterns: list[URLPattern] = [
    path("", board.board, name="board"),
    path("week/", board.week, name="board_week"),
    path("live/", board.live, name="board_live"),
    path("bookings/<uuid:booking>/move/", move.move, name="move"),
]
