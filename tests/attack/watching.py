"""What a request asked of the names that were sent: which it looked at, and whether it went over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from django import forms
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict

from shared.web import unseen

WHOLESALE: Final = ("__iter__", "items", "keys", "values", "lists", "dict", "copy", "urlencode", "pop", "popitem")
SINGLE: Final = ("__getitem__", "__contains__", "get", "getlist")


@dataclass(slots=True)
class Watch:
    """Of the requests of a block."""

    asked: set[str] = field(default_factory=set)
    wholesale: set[str] = field(default_factory=set)
    bound: list[forms.BaseForm] = field(default_factory=list)

    def names(self) -> set[str]:
        """The names of all fields of the forms that were filled."""
        return {form.add_prefix(name) for form in self.bound for name in form.fields}

    def beside_forms(self) -> set[str]:
        """What was looked at and is no field of a form, nor a part of one."""
        names = self.names()
        return {one for one in self.asked - names if not any(one.startswith(f"{name}_") for name in names)}


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch all POST requests of this process until the block ends."""
    watch = Watch()
    with pytest.MonkeyPatch.context() as patched:
        sent = _watching(watch)
        load, begin = WSGIRequest._load_post_and_files, forms.BaseForm.__init__

        def load_watched(request: WSGIRequest) -> None:
            load(request)
            request._post.__class__ = sent  # type: ignore[attr-defined]  # where Django keeps it

        def begin_watched(form: forms.BaseForm, *args: Any, **said: Any) -> None:
            begin(form, *args, **said)
            if isinstance(form.data, sent):
                watch.bound.append(form)

        patched.setattr(WSGIRequest, "_load_post_and_files", load_watched)
        patched.setattr(forms.BaseForm, "__init__", begin_watched)
        patched.setattr(unseen, "_cleaned", lambda sent: sent)  # it goes over all of them before any view does
        yield watch


def _watching(watch: Watch) -> type[QueryDict]:
    """A class of what was sent that tells ``watch`` how it is read."""

    def single(name: str) -> Any:
        read = getattr(QueryDict, name)

        def reading(sent: QueryDict, key: str, *args: Any) -> Any:
            watch.asked.add(key)
            return read(sent, key, *args)

        return reading

    def wholesale(name: str) -> Any:
        read = getattr(QueryDict, name)

        def reading(sent: QueryDict, *args: Any) -> Any:
            watch.wholesale.add(name)
            return read(sent, *args)

        return reading

    methods = {name: single(name) for name in SINGLE} | {name: wholesale(name) for name in WHOLESALE}
    return type("Watched", (QueryDict,), methods)
