"""Taking a sheet apart."""

from dataclasses import fields, is_dataclass


def attributes(part: object) -> dict[str, object]:
    """The fields of a part of a sheet by name. Raises TypeError for what is none; it names the type only."""
    if not is_dataclass(part):
        raise TypeError(f"{type(part).__name__} is not part of a sheet")
    return {field.name: getattr(part, field.name) for field in fields(part)}
