"""The texts that code and templates mark for translation."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation.template import templatize

FOLDERS: Final = ("platform", "tenants", "shared", "apps")
TEMPLATES: Final = frozenset({".html", ".txt", ".xml"})
MARKS: Final = {
    **dict.fromkeys(["_", "__", "gettext", "gettext_lazy", "gettext_noop"], ("text",)),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], ("text", "plural")),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ("context", "text")),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ("context", "text", "plural")),
}
"""What the first arguments of each marking function are."""
TEMPLATE_MARK: Final = re.compile(r"(?<!\w)(?:_|n?p?gettext)(?=\()")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """A text to translate, as the catalogue identifies it."""

    text: str
    context: str | None = None
    plural: str = ""


@dataclass(frozen=True, slots=True)
class MarkError(Exception):
    """A mark that no translation can be found for, since its text is not written out."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: a text for translation must be written out, not put together"


def marked_texts(root: Path) -> dict[Text, list[str]]:
    """Every marked text under ``root``'s source folders with the files it stands in, sorted."""
    found: dict[Text, list[str]] = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            for text in texts_in(path, path.relative_to(root).as_posix()):
                found.setdefault(text, []).append(path.relative_to(root).as_posix())
    return {text: sorted(set(paths)) for text, paths in found.items()}


def texts_in(path: Path, name: str) -> Iterator[Text]:
    """The marked texts of one file, called ``name`` in errors; none of a file that is neither code nor template."""
    if path.suffix == ".py" and "migrations" not in path.parts:
        yield from _in_code(ast.parse(path.read_text(encoding="utf-8")), name)
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        yield from _in_template(path.read_text(encoding="utf-8"), name)


def _in_code(tree: ast.AST, name: str) -> Iterator[Text]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (roles := MARKS.get(_called(node.func))):
            yield _text(node, roles, name)


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _text(call: ast.Call, roles: tuple[str, ...], name: str) -> Text:
    words = [
        argument.value
        for argument in call.args[: len(roles)]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    if len(words) < len(roles):
        raise MarkError(name, call.lineno)
    return Text(**dict(zip(roles, words, strict=True)))


def _in_template(source: str, name: str) -> Iterator[Text]:
    """Django writes a template's marks as calls amid blanked text; each call is read as Python."""
    calls = templatize(source, origin=name)
    for mark in TEMPLATE_MARK.finditer(calls):
        call = ast.parse(_balanced(calls[mark.start() :]), mode="eval").body
        yield from _in_code(call, name)


def _balanced(source: str) -> str:
    """The call that ``source`` begins with, up to its closing bracket."""
    depth, words = 0, []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        words.append(token.string)
        depth += {"(": 1, ")": -1}.get(token.string, 0)
        if token.string == ")" and depth == 0:
            break
    return "".join(words)
