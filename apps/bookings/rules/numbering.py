"""Numbers that people read: receipts (受付番号) and documents (文書番号)."""

from __future__ import annotations

import datetime as dt

from kernel.numbers import Series
from kernel.wareki import fiscal_year


def receipt_number(day: dt.date, serial: int) -> str:
    """受付番号 of an application received on ``day``: fiscal year (令和), sequence, check digit: ``8-000123-4``."""
    return Series(prefix=str(fiscal_year(day) - 2018), width=6).make(serial)


def document_number(symbol: str, serial: int) -> str:
    """文書番号, e.g. 印総福セ指令第123号."""
    return f"{symbol}指令第{serial}号"
