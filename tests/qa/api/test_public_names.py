"""What ``import qa`` hands out are functions and values, whatever was imported before."""

from __future__ import annotations

import subprocess
import sys

import pytest

ORDERS = (
    "from qa.search.find import find\nimport qa.ledger.tasks\nfrom qa import ledger, search",
    "from qa import ask, ledger, search\nfrom qa.search import find\nfrom qa import ledger, search",
    "import qa.ledger.tasks\nimport qa\nledger, search = qa.ledger, qa.search",
)


@pytest.mark.parametrize("order", ORDERS)
def test_search_and_ledger_stay_functions(order: str):
    code = f"{order}\nprint(search.__module__, ledger.__module__)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert said.stdout.split() == ["qa.api.ask", "qa.api.ask"], said.stderr
