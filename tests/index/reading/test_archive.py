"""A zip archive stands for the documents in it; what is wrong with one member stops no other."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from index.errors import SourceError
from index.parsing.parse import parse_file
from index.reading.archive import Member, member_of, members, parts
from index.reading.folder import Found, list_documents
from index.reading.zip_package import MOST_MEMBERS, Package
from tests.support.packing import docx, p, packed

NOTICE = "关于做好供水工作的通知\n一、总体要求\n到2025年，普及率达到92%。\n"


def archive(folder: Path) -> Path:
    inner = packed({"x.txt": NOTICE})
    path = folder / "汇编.zip"
    path.write_bytes(
        packed(
            {
                "第一批/方案.docx": docx(p("一、总则")),
                "通知.txt": NOTICE.encode("gb18030"),
                **{"../外.txt": NOTICE, "/根.txt": NOTICE, "C:/盘.txt": NOTICE},
                **{"内.zip": inner, "图.png": b"\x89PNG", "__MACOSX/._通知.txt": b"x", ".隐.txt": NOTICE},
                "坏.docx": b"PK\x03\x04",
            }
        )
    )
    return path


def test_documents_are_named_as_if_the_archive_were_a_folder(tmp_path: Path) -> None:
    archive(tmp_path)
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    listing = list_documents(tmp_path)
    assert [found.name for found in listing.files] == [
        *("a.txt", "汇编.zip/坏.docx", "汇编.zip/第一批/方案.docx", "汇编.zip/通知.txt"),
    ]
    reasons = {one.file.removeprefix("汇编.zip/"): one.reason for one in listing.skipped}
    assert sorted(reasons) == ["../外.txt", "/根.txt", "C:/盘.txt", "内.zip", "图.png"]
    assert "leads out" in reasons["../外.txt"]
    assert "inside an archive" in reasons["内.zip"]


def test_a_member_is_parsed_under_its_name(tmp_path: Path) -> None:
    path = archive(tmp_path)
    parsed = parse_file(path, tmp_path, "通知.txt")
    assert (parsed.document.file, parsed.document.text) == ("汇编.zip/通知.txt", NOTICE)
    with pytest.raises(SourceError, match=r"坏.docx.*damaged"):
        parse_file(path, tmp_path, "坏.docx")
    assert Found(path, tmp_path, "通知.txt").place == path / "通知.txt"


def test_names_packed_by_chinese_windows() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr(zipfile.ZipInfo("x" * 20), NOTICE)
    name = "附件\\实施方案.txt".encode("gb18030")
    data = held.getvalue().replace(b"x" * 20, name.ljust(20, b"_")[:20])
    [member] = members(data, "a.zip")
    assert member.name.startswith("附件/实施方案.txt"[:9])
    assert (
        member_of(data, member.name, "a.zip") == NOTICE.encode() if member.problem is None else member.problem
    )


def encrypted(data: bytes) -> bytes:
    """The flag of a password set on every member."""
    at = 0
    made = bytearray(data)
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        made[at + 8] |= 1
        at += 4
    return bytes(made)


def test_a_member_under_a_password() -> None:
    data = encrypted(packed({"a.txt": NOTICE}))
    assert members(data, "a.zip") == (Member("a.txt", "is encrypted with a password; pack it without one"),)
    with pytest.raises(SourceError, match="password"):
        member_of(data, "a.txt", "a.zip")


def test_bombs() -> None:
    swelling = packed({"a.txt": b"0" * 50_000_000})
    with pytest.raises(SourceError, match="swells"):
        member_of(swelling, "a.txt", "a.zip")
    lying = bytearray(swelling)  # the size that it declares is small
    at = lying.find(b"PK\x01\x02")
    lying[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(SourceError, match=r"swells|damaged"):
        member_of(bytes(lying), "a.txt", "a.zip")
    with pytest.raises(SourceError, match=f"more than {MOST_MEMBERS}"):
        Package(packed({f"{n}": b"" for n in range(MOST_MEMBERS + 1)}), "a.zip")


def test_a_damaged_archive_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "坏.zip").write_bytes(packed({"x.txt": NOTICE})[:-10])
    listing = list_documents(tmp_path)
    assert [found.name for found in listing.files] == ["a.txt"]
    assert [(one.file, "damaged" in one.reason) for one in listing.skipped] == [("坏.zip", True)]


def test_an_uploaded_archive_is_its_documents() -> None:
    data = packed({"甲/通知.txt": NOTICE, "乙/通知.txt": NOTICE, "大.txt": b"0" * 3000, "图.png": b"x"})
    found = list(parts(data, "a.zip", 10, 2000))
    assert [(part.name, bool(part.problem)) for part in found] == [
        *(("通知.txt", False), ("图.png", True), ("大.txt", True), ("甲/通知.txt", True)),
    ]
    with pytest.raises(SourceError, match="more than 3"):
        list(parts(data, "a.zip", 3, 2000))
    assert [part.name for part in parts(b"text", "a.txt", 1, 10)] == ["a.txt"]
