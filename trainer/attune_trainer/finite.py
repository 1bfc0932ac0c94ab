"""Numbers that JSON knows."""

import math
from typing import Any


def finite_or_null(value: Any) -> Any:
    """The same lists and objects with None in place of numbers that are infinite or none at all."""
    if isinstance(value, dict):
        return {name: finite_or_null(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [finite_or_null(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
