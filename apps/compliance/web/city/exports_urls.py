"""Addresses of 持出し, the registers and the 個人情報ファイル簿 at the city."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.city import exports, file_book_urls, registers_urls

urlpatterns = [
    path("exports/", exports.exports, name="exports"),
    path("exports/<uuid:request_id>/", exports.export, name="export"),
    *registers_urls.urlpatterns,
    *file_book_urls.urlpatterns,
]
