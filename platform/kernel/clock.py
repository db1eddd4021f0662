"""The one source of time. Instants are kept in UTC, days are days in Japan."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may ask the system


def today() -> date:
    """The present day in Japan (from 15:00 UTC on, the next day of UTC's calendar)."""
    return now().astimezone(TOKYO).date()


def at(day: date, moment: time) -> datetime:
    """The aware instant of a wall-clock time in Japan. `moment` is naive; a zone of its own raises ValueError."""
    if moment.tzinfo is not None:
        raise ValueError("a wall-clock time carries no zone")
    return datetime.combine(day, moment, TOKYO)
