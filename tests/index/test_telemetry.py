"""The telemetry of other packages is switched off whatever is imported first."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.telemetry import OFFLINE, SWITCHES, TOO_LATE

ROOT = Path(__file__).parents[2]
OTHERS = {name: value for name, value in os.environ.items() if name not in (*SWITCHES, OFFLINE)}


def environment_after(code: str, **given: str) -> dict[str, str]:
    """The environment of a new process once the code has run in it."""
    code = f"{code}; import json, os; print(json.dumps(dict(os.environ)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**OTHERS, **given}, capture_output=True, check=True
    )
    said: dict[str, str] = json.loads(done.stdout.decode().splitlines()[-1])
    return said


@pytest.mark.parametrize(
    "code",
    [
        "from index.errors import TiaowenError",
        "from index.parsing.process import main",
        "from qa import ask",
        "import qa.question.jieba_cut",
        "from web.client.client import Client",
        "import pages",
        "import qa.llm.settings",
        "import app",
    ],
)
def test_any_import_switches_it_off(code: str):
    found = environment_after(code)
    assert {name: found.get(name) for name in SWITCHES} == SWITCHES
    assert found[OFFLINE] == "1"


def test_the_environment_cannot_switch_it_on():
    found = environment_after("import index", ORT_DISABLE_TELEMETRY="0", GRADIO_ANALYTICS_ENABLED="True")
    assert {name: found[name] for name in SWITCHES} == SWITCHES


def test_a_model_may_be_downloaded_where_the_environment_says_so():
    assert environment_after("import index", HF_HUB_OFFLINE="0")[OFFLINE] == "0"


def test_where_it_is_too_late_it_is_said(tmp_path: Path):
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    code = "import onnxruntime; import index"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**OTHERS, **home}, capture_output=True, check=True
    )
    assert TOO_LATE in done.stderr.decode()
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**OTHERS, **home, "ORT_DISABLE_TELEMETRY": "1"},
        capture_output=True,
        check=True,
    )
    assert done.stderr.decode() == ""
