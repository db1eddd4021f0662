"""What can be read out of a PDF."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject


def reader(pdf: bytes) -> PdfReader:
    """The document, opened."""
    return PdfReader(BytesIO(pdf))


def words(pdf: bytes) -> str:
    """The text of all pages in reading order, without white space: labels are spread and lines wrap."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader(pdf).pages))


def page_words(pdf: bytes, number: int) -> str:
    """The text of one page, the first being 1, without white space."""
    return re.sub(r"\s", "", reader(pdf).pages[number - 1].extract_text())


def root(pdf: bytes, *keys: str) -> PdfObject:
    """What is found under the document's root along ``keys``."""
    return _below(reader(pdf).trailer["/Root"], *keys)


def fonts(pdf: bytes) -> dict[str, bool]:
    """The name of each font used, and whether its program is embedded."""
    found: dict[str, bool] = {}
    for page in reader(pdf).pages:
        for font in _items(_below(page, "/Resources", "/Font")):
            descendants = _below(font, "/DescendantFonts")
            assert isinstance(descendants, ArrayObject)
            descriptor = _below(descendants[0], "/FontDescriptor")
            assert isinstance(descriptor, DictionaryObject)
            found[str(descriptor["/FontName"])] = any(key.startswith("/FontFile") for key in descriptor)
    return found


def structure(pdf: bytes) -> list[str]:
    """The tags of the document in reading order: /Document, /H1, /P…"""
    return list(_tags(root(pdf, "/StructTreeRoot", "/K")))


def _tags(node: PdfObject | None) -> Iterator[str]:
    node = node.get_object() if node else None
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield str(node["/S"])
        yield from _tags(node.get("/K"))


def _below(node: PdfObject | None, *keys: str) -> PdfObject:
    for key in keys:
        node = node.get_object() if node else None
        assert isinstance(node, DictionaryObject)
        node = node[key]
    assert node is not None
    return node


def _items(node: PdfObject) -> Iterator[PdfObject]:
    assert isinstance(node, DictionaryObject)
    yield from node.values()


def sizes(pdf: bytes) -> dict[str, float]:
    """Each piece of text and the size in points that it is set in."""
    found: dict[str, float] = {}

    def see(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            found[text.strip()] = round(abs(size * tm[3] * cm[3]), 2)

    for page in reader(pdf).pages:
        page.extract_text(visitor_text=see)
    return found


def drawn(pdf: bytes, number: int = 1, *, ppi: int = 200) -> bytes:
    """One page as PNG, the first being 1: what a printer would put on paper."""
    with TemporaryDirectory() as place:
        (Path(place) / "document.pdf").write_bytes(pdf)
        page = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("document.pdf", page: {number})'
        (Path(place) / "page.typ").write_text(page)
        made = typst.compile(Path(place) / "page.typ", root=Path(place), format="png", ppi=ppi)
    assert isinstance(made, bytes)
    return made
