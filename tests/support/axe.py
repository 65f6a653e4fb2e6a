"""axe-core in the browser tests: what it finds on a page that keeps people from using it.

It is not part of the project: `npm install --no-save axe-core@4` puts it into ``node_modules``, as .ci/run does where
there is npm.  Where it is not there the test that asks for it is skipped, saying so.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SCRIPT = Path("node_modules") / "axe-core" / "axe.min.js"
ROOT = Path(__file__).parents[2]
SEVERE = ("critical", "serious")
RUN = """async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
  .violations.map(({ impact, id, nodes }) => ({ impact, id, at: nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)) }))"""


def axe_script() -> Path:
    """The script; skips the test where it is not installed.  ``TIAOWEN_AXE`` names one that lies elsewhere."""
    path = Path(os.environ.get("TIAOWEN_AXE", ROOT / SCRIPT))
    if not path.exists():
        pytest.skip("no axe-core; install it: npm install --no-save axe-core@4")
    return path


def severe(page) -> list[str]:
    """What is critical or serious, each with the rule and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script().read_text(encoding="utf-8"))
    found = page.evaluate(RUN)
    return [f"{one['impact']} {one['id']}: {one['at']}" for one in found if one["impact"] in SEVERE]
