"""Numbers that people read: receipts (受付番号) and documents (文書番号)."""

from __future__ import annotations

import datetime as dt

from kernel.numbers import check_digit
from kernel.wareki import fiscal_year


def receipt_number(day: dt.date, serial: int) -> str:
    """受付番号 of an application received on ``day``: fiscal year (令和), sequence, check digit: ``08-000123-0``."""
    digits = f"{fiscal_year(day) - 2018:02}{serial:06}"
    return f"{digits[:2]}-{digits[2:]}-{check_digit(digits)}"


def document_number(symbol: str, serial: int) -> str:
    """文書番号, e.g. 印総福セ指令第123号."""
    return f"{symbol}指令第{serial}号"
