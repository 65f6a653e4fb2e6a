"""constraints.txt names a version of all that pyproject.toml asks for, in its range, and nothing else."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from refresh_constraints import installed_versions  # noqa: E402


def constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    versions = {}
    for line in lines:
        if not line.startswith("#"):
            named = re.fullmatch(r"([a-z0-9-]+)==([\w.!]+)", line)
            assert named, f"no version: {line}"
            versions[named[1]] = named[2]
    return versions


def test_every_requirement_has_a_version_in_its_range():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = (project["dependencies"], *project["optional-dependencies"].values())
    versions = constraints()
    for requirement in (Requirement(line) for group in groups for line in group):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


def test_both_lines_of_the_readme_install_them():
    for page in ("README.md", "README.zh-CN.md"):
        lines = re.findall(r"^python3 -m venv .*$", (ROOT / page).read_text("utf-8"), re.M)
        assert len(lines) == 2
        assert all(" -c constraints.txt -e " in line for line in lines)


def test_the_installed_versions_are_found_with_what_they_need():
    found = installed_versions()
    assert {"faiss-cpu", "gradio", "torch", "pytest-xdist", "execnet"} <= set(found)
    assert "tiaowen" not in found
    assert "+" not in found["torch"]
