"""Old Office files through the programs that are installed, and what is said where they are not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from formats import by_office
from making import made_docx

from index.errors import SourceError
from index.reading import office
from index.reading.read import read_text, text_of
from tests.index.reading.test_xlsx import task_list

needs_office = pytest.mark.skipif(
    not shutil.which("soffice"), reason="no LibreOffice: apt-get install libreoffice-writer libreoffice-calc"
)
TEXT = (
    "虚构县行动方案\n一、总体要求\n（一）指导思想。深入贯彻落实。\n"
    "1.到2025年，普及率达到92%。\n2.由县住建局牵头。\n"
)


@needs_office
@pytest.mark.parametrize("ending", ["doc", "rtf"])
def test_word_files_of_old(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"方案.{ending}"
    path.write_bytes(by_office(made_docx(TEXT), "docx", ending))
    assert read_text(path).text.split() == TEXT.split()


@needs_office
def test_the_content_decides_and_not_the_ending(tmp_path: Path) -> None:
    path = tmp_path / "方案.wps"
    path.write_bytes(by_office(made_docx(TEXT), "docx", "doc"))
    assert read_text(path).text.split() == TEXT.split()


@needs_office
def test_a_workbook_of_old() -> None:
    found = text_of(by_office(task_list(), "xlsx", "xls"), Path("a.xls"))
    assert "供水管网 |\n县水务局 |\n800 |" in found.text
    assert [page.name for page in found.pages] == ["任务分工", "时间安排"]


@needs_office
@pytest.mark.skipif(not shutil.which("antiword"), reason="no antiword: apt-get install antiword")
def test_antiword_where_there_is_no_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = by_office(made_docx(TEXT * 20), "docx", "doc")  # antiword reads no short text
    (tmp_path / "antiword").symlink_to(shutil.which("antiword") or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert text_of(data, Path("a.doc")).text.split() == TEXT.split() * 20


def test_neither_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    data = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    with pytest.raises(SourceError, match=r"a\.doc: .*needs LibreOffice.*antiword.*save the file as docx"):
        text_of(data, Path("a.doc"))
    with pytest.raises(SourceError, match="save the file as xlsx"):
        text_of(
            data.replace("WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le")), Path("a.et")
        )


def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 987 &\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(SourceError, match="took over 1 s"):
        text_of(b"{\\rtf1 x}", Path("a.rtf"))
    running = subprocess.run(["pgrep", "-f", "sleep 987"], check=False, capture_output=True)
    assert not running.stdout


def test_a_web_page_or_docx_called_doc(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_text(f"<html><body><p>{TEXT.split()[2]}</p></body></html>", encoding="utf-8")
    assert read_text(tmp_path / "a.doc").text.split() == [TEXT.split()[2]]
    (tmp_path / "b.doc").write_bytes(made_docx(TEXT))
    assert read_text(tmp_path / "b.doc").text.split() == TEXT.split()


def test_a_presentation_is_refused() -> None:
    data = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "PowerPoint Document".encode("utf-16-le")
    with pytest.raises(SourceError, match="presentation"):
        text_of(data, Path("a.doc"))
