"""Put everything that 条问 needs into one folder of wheels, for machines without a network.

    python deploy/wheelhouse.py FOLDER [EXTRA …] [--try]

Run it where there is a network, with the version of Python and on the kind of machine that the folder is for.
``--try`` then installs from the folder alone into an environment of its own and asks a question there.  Where
packages come from is pip's own setting.  Left out: carrying the folder over (docs/offline-install.md).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.commands.options import named_path  # noqa: E402

SUMS: Final = "SHA256SUMS"
QUESTION: Final = "宁武县海绵城市建设由谁负责?"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the folder; exit code 2 where pip or the trial fails, which has said why."""
    parser = argument_parser()
    options = parser.parse_args(arguments)
    unknown = set(options.extras) - set(extras())
    if unknown:
        parser.error(f"no extra {', '.join(sorted(unknown))}; there are {', '.join(extras())}")
    try:
        fill(options.folder, options.extras)
        print(said_of(options.folder))
        if options.try_it:
            print(tried(options.folder, options.extras))
    except subprocess.CalledProcessError as error:
        print(f"wheelhouse: {' '.join(map(str, error.cmd))} ended with {error.returncode}", file=sys.stderr)
        return 2
    return 0


def argument_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=named_path, help="where the wheels go; made where it is not there")
    parser.add_argument("extras", nargs="*", metavar="EXTRA", help=f"of {', '.join(extras())}")
    parser.add_argument(
        "--try", dest="try_it", action="store_true", help="install from it and ask a question"
    )
    return parser


def extras() -> tuple[str, ...]:
    """The names of the optional dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return tuple(sorted(project["optional-dependencies"]))


def named(project: str, wanted: Sequence[str]) -> str:
    """``tiaowen[ocr,st]``, or ``tiaowen`` alone."""
    return f"{project}[{','.join(wanted)}]" if wanted else project


def fill(folder: Path, wanted: Sequence[str]) -> None:
    """Build the project's own wheel and fetch the others; raises CalledProcessError."""
    shutil.rmtree(ROOT / "build", ignore_errors=True)  # setuptools packs what older versions left in it
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir"]
    subprocess.run([*pip, str(folder), named(str(ROOT), wanted)], check=True)
    wheels = sorted(folder.glob("*.whl"))
    lines = (f"{hashlib.sha256(wheel.read_bytes()).hexdigest()}  {wheel.name}\n" for wheel in wheels)
    (folder / SUMS).write_text("".join(lines), "utf-8")


def said_of(folder: Path) -> str:
    """``86 wheels, 238 MB, for Python 3.11 on linux-x86_64``."""
    sizes = [wheel.stat().st_size for wheel in folder.glob("*.whl")]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    place = sysconfig.get_platform()
    return f"{len(sizes)} wheels, {sum(sizes) / 1e6:.0f} MB, for Python {version} on {place}"


def tried(folder: Path, wanted: Sequence[str]) -> str:
    """What an installation from the folder alone answers; raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([sys.executable, "-m", "venv", f"{place}/environment"], check=True)
        python = str(Path(place, "environment", "Scripts" if os.name == "nt" else "bin", "python"))
        shutil.copytree(ROOT / "documents", Path(place, "documents"))
        install = ["-m", "pip", "install", "--quiet", "--no-index", "--find-links", str(folder.resolve())]
        subprocess.run([python, *install, named("tiaowen", wanted)], check=True)
        ask = [python, "-X", "utf8", "-m", "qa", "ask", QUESTION]
        done = subprocess.run(ask, cwd=place, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
