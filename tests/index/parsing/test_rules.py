"""The version of the rules: another for every change that may matter, the same for every other."""

from __future__ import annotations

import ast
import io
import shutil
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

from index.parsing import rules
from index.parsing.rules import FILES, FOLDERS, code_of, rules_version, version_of

PACKAGE = Path(rules.__file__).resolve().parents[1]
SOURCES = [
    *(
        file
        for folder in FOLDERS
        for file in sorted((PACKAGE / folder).rglob("*.*"))
        if file.suffix != ".pyc"
    ),
    *(PACKAGE / file for file in FILES),
]
BESIDE = {"index", "index.errors", "index.parsing", "index.public_names", "index.telemetry"}
"""Modules that parsing loads and that change no clause and no fact."""


@pytest.fixture
def copy(tmp_path) -> Path:
    """The package's parts that count, elsewhere."""
    target = tmp_path / "elsewhere" / "index"
    for file in SOURCES:
        place = target / file.relative_to(PACKAGE)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place)
    return target


def changed(package: Path, file: str, old: str, new: str) -> str:
    """The version after a change of one file, which must hold ``old``."""
    path = package / file
    source = path.read_text("utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8", newline="")
    version_of.cache_clear()
    return version_of(package)


def test_it_is_the_same_elsewhere_and_with_other_line_ends(copy):
    (copy / "language" / "__pycache__").mkdir()
    (copy / "language" / "__pycache__" / "numerals.cpython-311.pyc").write_bytes(b"compiled")
    (copy / "language" / ".numerals.py.swp").write_bytes(b"an editor's own")
    assert version_of(copy) == rules_version()
    for file in copy.rglob("*.py"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    version_of.cache_clear()
    assert version_of(copy) == rules_version()


def test_words_about_the_rules_leave_it(copy):
    assert changed(copy, "language/numerals.py", '"""', '"""More. ') == rules_version()
    assert changed(copy, "facts/find.py", "from __future__", "# why\n\nfrom __future__") == rules_version()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("facts/deadlines.py", "年", "岁"),
        ("clauses/numbering.py", "第", "笫"),
        ("records.py", "@property", "@staticmethod"),
        ("parsing/parse.py", "cleaned.text, file", "cleaned.text, ''"),
        ("reading/pdf/rules.py", "return ", "return not "),
    ],
)
def test_a_change_of_any_part_changes_it(copy, file, old, new):
    source = code_of((copy / file).read_text("utf-8"))
    (copy / file).write_text(source, encoding="utf-8")  # so that the change is none of a comment
    assert changed(copy, file, old, new) != rules_version()


def test_so_does_data_and_a_module_that_is_new_or_gone(copy):
    (copy / "language" / "names.txt").write_text("县住建局", encoding="utf-8")
    version_of.cache_clear()
    with_data = version_of(copy)
    assert changed(copy, "language/names.txt", "县", "市") != with_data != rules_version()
    (copy / "language" / "names.txt").unlink()
    (copy / "facts" / "deadlines.py").rename(copy / "facts" / "dates.py")
    version_of.cache_clear()
    assert version_of(copy) != rules_version()


@pytest.mark.parametrize(
    "file",
    [file for file in SOURCES if file.suffix == ".py"],
    ids=lambda file: file.relative_to(PACKAGE).as_posix(),
)
def test_only_words_are_left_out_of_a_module(file):
    source = file.read_text("utf-8")
    assert code_of(source) == without_words(source)


def without_words(source: str) -> str:
    """A source without what Python itself takes for comments and for strings that stand alone."""
    lines = source.split("\n")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            end = node.end_lineno or node.lineno
            lines[node.lineno - 1 : end] = [""] * (end - node.lineno + 1)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        row, column = token.start
        if token.type == tokenize.COMMENT:
            lines[row - 1] = lines[row - 1][:column]
    return "\n".join(line.rstrip() for line in lines if line.strip())


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ('"""Doc."""\nx = 1  # one\n', "x = 1"),
        ('x = "# no comment"\n', 'x = "# no comment"'),
        ("x = '''\n# data\n'''\n", "x = '''\n# data\n'''"),
        ('f(\n    """data""",\n)\n', 'f(\n    """data""",\n)'),
        ('x = \\\n"""data"""\n', 'x = \\\n"""data"""'),
        ('X = 5\n"""Said of X."""\nY = r"\\""\n', 'X = 5\nY = r"\\""'),
    ],
)
def test_what_counts_of_a_source(source, left):
    assert code_of(source) == left


def test_all_that_parsing_loads_counts():
    """Whatever module of the project parsing comes to load is one whose change gives another version."""
    program = """
import sys
from pathlib import Path
from index.parsing.parse import parse_file
for file in sorted(Path("documents").iterdir()):
    parse_file(file, Path("documents"))
print(*(name for name in sys.modules if name.split(".")[0] == "index"))
"""
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    loaded = set(said.stdout.split())
    counted = tuple(f"index.{folder}" for folder in FOLDERS)
    named = {f"index.{file.removesuffix('.py').replace('/', '.')}" for file in FILES}
    assert "index.facts.deadlines" in loaded
    assert {one for one in loaded if not one.startswith(counted)} - named == BESIDE
