"""axe-core in the browser tests: what it finds on a page that keeps people from using it.

It is not part of the project: ``npm install --no-save axe-core@4`` puts it into ``node_modules``, as .ci/run
does where there is npm.  Where it is not there the tests that ask for it are skipped, saying so.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const ends = (one) => one.effect.getComputedTiming().endTime !== Infinity;
  await Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished));
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await axe.run(document, { runOnly });
  return violations.filter(({ impact }) => ['critical', 'serious'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`);
}"""
"""WCAG 2.2 AA, the size of targets (24 px) among it; once colours have faded to what they are to be."""


def axe_script() -> Path:
    """The script, or the one that ``TIAOWEN_AXE`` names; skips the test where it is not installed."""
    path = Path(os.environ.get("TIAOWEN_AXE", SCRIPT))
    if not path.exists():
        pytest.skip("no axe-core; install it: npm install --no-save axe-core@4")
    return path


def severe(page) -> list[str]:
    """What is critical or serious on the page as it is, each with its rule and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script().read_text(encoding="utf-8"))
    return page.evaluate(RUN)
