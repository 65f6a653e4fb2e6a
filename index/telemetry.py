"""What packages would tell others of their use, switched off before any of them is imported.

Each package reads its switch once, while it is imported, so this runs as soon as anything of the project is:
``index/__init__.py`` calls it, and every other package imports ``index`` first.  It imports nothing itself.
Left out: packages that only speak where somebody configures it (docs/security.md lists them).
"""

from __future__ import annotations

import os
import sys
import warnings
from typing import Final

SWITCHES: Final = {
    "ORT_DISABLE_TELEMETRY": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""Set whatever the environment says.  Seen without them: ONNX Runtime 1.32 keeps an event of every model that
is loaded below ``~/.cache`` and sends it some seconds later, `disable_telemetry_events` called or not;
gradio sends what a page is made of and asks for its newest version."""

OFFLINE: Final = "HF_HUB_OFFLINE"
"""1 unless the environment says otherwise: whoever sets it to 0 lets a model be downloaded by its name."""

TOO_LATE: Final = (
    "onnxruntime was imported before tiaowen and sends telemetry. Import tiaowen's packages first, or set "
    "ORT_DISABLE_TELEMETRY=1 in the environment."
)


def switch_off_telemetry() -> None:
    """Set the switches for this process and those it starts; warns where it is too late for one."""
    if "onnxruntime" in sys.modules and "ORT_DISABLE_TELEMETRY" not in os.environ:
        warnings.warn(TOO_LATE, RuntimeWarning, stacklevel=3)
    os.environ.update(SWITCHES)
    os.environ.setdefault(OFFLINE, "1")
