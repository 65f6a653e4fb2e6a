"""The day on which it is asked whether a document holds: the clock's, unless another is set.

``TIAOWEN_TODAY=2026-01-31`` or a command's ``--today`` sets one, to see what held then and so that an answer
can be repeated.  This is the one place that reads it.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Final

from index.errors import SettingError

VARIABLE: Final = "TIAOWEN_TODAY"
"""The environment variable; processes that are started take it over."""


def today() -> date:
    """The day that is set, else the clock's; raises SettingError for a setting that is no day."""
    said = os.environ.get(VARIABLE)
    return read_day(said) if said else date.today()


def read_day(said: str) -> date:
    """2026-01-31 as a day; raises SettingError for anything else."""
    try:
        return date.fromisoformat(said.strip())
    except ValueError as error:
        raise SettingError(f"{said!r} is no day. Write {VARIABLE} or --today as 2026-01-31.") from error
