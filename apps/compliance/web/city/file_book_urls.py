"""Addresses of the 個人情報ファイル簿."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.city import file_book

urlpatterns = [
    path("file-book/", file_book.book, name="file_book"),
    path("file-book/csv/", file_book.book_csv, name="file_book_csv"),
]
