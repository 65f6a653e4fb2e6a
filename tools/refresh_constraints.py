"""Write constraints.txt: the versions installed beside this program, of everything the project may need.

Run it with the environment that the tests have just passed in.  Left out: choosing versions, which pip does;
packages that only some systems need and this one has not.
"""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
OUT = ROOT / "constraints.txt"
PROJECT = "tiaowen"
HEAD = """\
# The versions that the tests passed with, on CPython {python}: pip install -c constraints.txt ...
# Made by: python tools/refresh_constraints.py
"""


def installed_versions(project: str = PROJECT) -> dict[str, str]:
    """Version by canonical name of all that the project and its extras lead to and that is installed."""
    found: dict[str, str] = {}
    extras = distribution(project).metadata.get_all("Provides-Extra") or []
    waiting = [(project, extra) for extra in ("", *extras)]
    seen = set(waiting)
    while waiting:
        name, extra = waiting.pop()
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        if name != project:
            found[name] = Version(package.version).public  # torch 2.13.0+cpu is 2.13.0 elsewhere
        for line in package.requires or []:
            needed = Requirement(line)
            if needed.marker and not needed.marker.evaluate({"extra": extra}):
                continue
            ways = {(canonicalize_name(needed.name), wanted) for wanted in ("", *needed.extras)} - seen
            seen |= ways
            waiting += ways
    return found


def main() -> None:
    """Write the file and say how many packages it names."""
    versions = installed_versions()
    lines = (f"{name}=={version}\n" for name, version in sorted(versions.items()))
    python = ".".join(map(str, sys.version_info[:2]))
    OUT.write_text(HEAD.format(python=python) + "".join(lines), "utf-8")
    print(f"{OUT.name}: {len(versions)} packages")


if __name__ == "__main__":
    main()
