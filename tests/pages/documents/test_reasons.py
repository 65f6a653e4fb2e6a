"""Every sentence by which a reader refuses a file has its Chinese."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from index.build.preview import preview
from index.errors import SourceError
from pages.documents.reasons import reason_in_words

ROOT = Path(__file__).parents[3]
FOLDERS = ("index/reading", "index/parsing", "index/build")
# What only a command can bring about, and never a file that was sent.
COMMANDS = ("The index was built from", "No folder at", "No file could be read", "is listed without its text")
COMMANDS += ("cannot be used", "a whole number of", "Start the app with")


def refusals() -> list[str]:
    """The fixed words of each SourceError that a reader raises, what is filled in as …."""
    found = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            calls = [node for node in nodes if isinstance(node, ast.Call) and node.args]
            raised = [call for call in calls if getattr(call.func, "id", "") == "SourceError"]
            found += [words_of(call.args[0]) for call in raised]
    return [one for one in found if re.search(r"[a-z]{3}", one)]


def words_of(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else ""


def test_each_refusal_has_its_chinese() -> None:
    said = refusals()
    assert len(said) > 50
    unknown = [
        one for one in said if not reason_in_words(one, "zh") and not any(part in one for part in COMMANDS)
    ]
    assert unknown == []


@pytest.mark.parametrize(
    ("data", "name", "chinese"),
    [
        (b"%PDF-1.7\n1 0 obj", "a.pdf", "没有下载完"),
        (b"PK\x03\x04" + b"x" * 40, "a.docx", "已损坏"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 40, "a.pdf", "图片"),
        (b"a\x00b\x00c" * 20, "a.txt", "编码"),
    ],
)
def test_a_bad_file_is_explained_in_chinese(data: bytes, name: str, chinese: str) -> None:
    with pytest.raises(SourceError) as raised:
        preview(data, name)
    told = reason_in_words(str(raised.value), "zh")
    assert chinese in told
    assert not re.search(r"[a-z]{5}", told)
