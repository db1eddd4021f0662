"""Addresses of taking in, below a desk's ``/intake/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from shared.intake.web import jobs, mapping, worklist

app_name = "intake"

urlpatterns: list[URLPattern] = [
    path("", jobs.index, name="index"),
    path("new/", jobs.upload, name="upload"),
    path("rows/", worklist.worklist, name="worklist"),
    path("rows/read-again/", worklist.read_all_again, name="read_again"),
    path("rows/dismiss/", worklist.dismiss_many, name="dismiss_many"),
    path("rows/<int:row>/", worklist.row, name="row"),
    path("rows/<int:row>/dismiss/", worklist.dismiss, name="dismiss"),
    path("<uuid:job>/", jobs.detail, name="job"),
    path("<uuid:job>/mapping/", mapping.mapping, name="mapping"),
    path("<uuid:job>/mapping.json", mapping.mapping_file, name="mapping_file"),
    path("<uuid:job>/problems.csv", jobs.problems_csv, name="problems"),
    path("<uuid:job>/run/", jobs.run, name="run"),
    path("<uuid:job>/stop/", jobs.break_off, name="stop"),
    path("<uuid:job>/discard/", jobs.give_up, name="discard"),
]
