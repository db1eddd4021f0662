"""Addresses of the board and of what is done from it."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff import board, booking_list, bulk, find, inbox, move

urlpatterns: list[URLPattern] = [
    path("", board.board, name="board"),
    path("week/", board.week, name="board_week"),
    path("live/", board.live, name="board_live"),
    path("bookings/<uuid:booking>/move/", move.move, name="move"),
    path("find/", find.find, name="find"),
    path("inbox/changes/", inbox.changes, name="changes"),
    path("bookings/", booking_list.booking_list, name="booking_list"),
    path("bookings/file/", booking_list.booking_list_file, name="booking_list_file"),
    path("bookings/permit/", bulk.permit_chosen, name="permit_chosen"),
]
