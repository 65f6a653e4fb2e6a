"""A link in the documents folder publishes nothing from outside it, and is named among what was skipped."""

from __future__ import annotations

import os
import shutil
import stat
import threading
import time
import zipfile
from pathlib import Path

import pytest

from index.__main__ import main
from index.build.build import add, build
from index.build.change import BuildReport
from index.build.update import update
from index.build.uploads import NOTES, REPLACED, Upload, take_in
from index.build.watch import watch
from index.check.verify import verify
from index.errors import SourceError, WriteError
from index.parsing.parse import parse_file
from index.parsing.parsers import parsers
from index.reading.folder import Found, Skipped, list_documents, list_named
from index.reading.inside import LEADS_OUT, NO_FILE, bytes_inside, open_inside
from index.search.index import open_index
from index.storage.disk import replace_file

NOTICE = "关于加强养老服务的通知\n\n一、总体要求\n到2027年，建成1处综合养老服务中心，由县民政局牵头。\n"
SECRET = "一、口令\n服务器的签名密钥是七七八八九九，由值班员保管。\n"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with one document, and beside it a secret that its reader may read."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "养老.txt").write_text(NOTICE, encoding="utf-8")
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "users.txt").write_text(SECRET, encoding="utf-8")
    with zipfile.ZipFile(secrets / "users.zip", "w") as archive:
        archive.writestr("users.txt", SECRET)
    return folder


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    return tmp_path / "secrets" / "users.txt"


LINKS = {
    "file": {"a.txt": "{secrets}/users.txt"},
    "relative": {"a.txt": "../secrets/users.txt"},
    "chain": {".first": "{secrets}/users.txt", "sub/a.txt": "../.first"},
    "through a folder": {".hidden": "{secrets}", "a.txt": ".hidden/users.txt"},
    "archive": {"a.zip": "{secrets}/users.zip"},
    "folder": {"sub": "{secrets}"},
    "folder below": {"deep/sub": "{secrets}"},
    "folder above": {"sub": "{secrets}/.."},
    "broken": {"a.txt": "{secrets}/gone.txt"},
}
"""What leads where; the last of each kind is the one that is skipped."""


def holds(store: Path, words: str) -> bool:
    with open_index(store) as index:
        return any(words in index.document(info.file).text for info in index.infos)


@pytest.mark.parametrize("kind", LINKS)
def test_what_a_link_leads_out_to_is_not_listed(documents: Path, secret: Path, kind: str):
    for name, target in LINKS[kind].items():
        (documents / name).parent.mkdir(exist_ok=True)
        (documents / name).symlink_to(target.format(secrets=secret.parent))
    listing = list_documents(documents)
    assert [found.name for found in listing.files] == ["养老.txt"]
    assert listing.skipped == (Skipped(name, LEADS_OUT, is_link=True),)


def test_links_that_stay_inside(documents: Path):
    (documents / "同.txt").symlink_to(documents / "养老.txt")
    (documents / "第一批").mkdir()
    (documents / "第一批" / "供水.txt").write_text(NOTICE, encoding="utf-8")
    (documents / "又").symlink_to(documents / "第一批")
    (documents / "圈.txt").symlink_to(documents / "圈.txt")
    listing = list_documents(documents)
    names = ["养老.txt", "同.txt", "第一批/供水.txt"]
    assert sorted(found.name for found in listing.files if found.name != "圈.txt") == sorted(names)
    assert [(one.file, one.is_link) for one in listing.skipped] == [("又", True)]
    assert bytes_inside(documents / "同.txt", documents) == NOTICE.encode()
    with pytest.raises(SourceError, match="圈"):
        parsers().parse(documents / "圈.txt", "圈.txt")


def test_the_folder_named_may_be_a_link(documents: Path, tmp_path: Path):
    (tmp_path / "named").symlink_to(documents)
    listing = list_documents(tmp_path / "named")
    assert [found.name for found in listing.files] == ["养老.txt"]
    assert listing.skipped == ()


@pytest.mark.parametrize("name", ["a.txt", "sub", "sub/users.txt"])
def test_what_a_shell_names_below_the_folder(documents: Path, secret: Path, tmp_path: Path, name: str):
    """``add documents/*`` names every link in the folder."""
    (documents / "a.txt").symlink_to(secret)
    (documents / "sub").symlink_to(secret.parent)
    (tmp_path / "named").symlink_to(documents)
    for folder in (documents, tmp_path / "named"):
        listing = list_named([folder / name], documents.resolve())
        assert listing.files == ()
        assert [one.reason for one in listing.skipped] == [LEADS_OUT]


def test_a_file_that_is_named_must_be_the_file_itself(documents: Path, secret: Path, tmp_path: Path):
    (documents / "a.txt").symlink_to(secret)
    with pytest.raises(SourceError, match="leads out of the folder"):
        build(documents / "a.txt", tmp_path / "store")


def test_pipes_and_devices_are_named_and_not_opened(documents: Path, tmp_path: Path):
    os.mkfifo(documents / "管.txt")
    listing = list_documents(documents)
    assert [(one.file, one.reason) for one in listing.skipped] == [("管.txt", NO_FILE)]
    with pytest.raises(SourceError, match="pipe"):
        open_inside(documents / "管.txt", documents)


def test_a_link_that_takes_a_files_place_after_the_listing(documents: Path, secret: Path):
    listing = list_documents(documents)
    (documents / "养老.txt").unlink()
    (documents / "养老.txt").symlink_to(secret)
    (parsed,) = parsers().parse_all(listing.files)
    assert isinstance(parsed, SourceError)
    assert str(parsed) == f"养老.txt: {LEADS_OUT}"
    with pytest.raises(SourceError, match="leads out"):
        parse_file(documents / "养老.txt", documents)


def test_a_folder_that_becomes_a_link_after_the_listing(documents: Path, secret: Path):
    (documents / "子").mkdir()
    (documents / "子" / "users.txt").write_text(NOTICE, encoding="utf-8")
    found = [one for one in list_documents(documents).files if one.name == "子/users.txt"]
    shutil.rmtree(documents / "子")
    (documents / "子").symlink_to(secret.parent)
    (parsed,) = parsers().parse_all(found)
    assert isinstance(parsed, SourceError)
    assert "leads out" in str(parsed)
    assert found == [Found(documents.resolve() / "子" / "users.txt", documents.resolve())]


class TestInTheIndex:
    def test_a_build_says_so(self, documents: Path, secret: Path, tmp_path: Path, capsys):
        (documents / "a.txt").symlink_to(secret)
        assert main(["build", str(documents), "--out", str(tmp_path / "store")]) == 0
        assert f"a.txt: {LEADS_OUT}" in "".join(capsys.readouterr())
        assert not holds(tmp_path / "store", "签名密钥")
        assert main(["update", str(documents), "--out", str(tmp_path / "store")]) == 0
        assert f"a.txt: {LEADS_OUT}" in "".join(capsys.readouterr())

    def test_an_update_takes_out_what_became_a_link(self, documents: Path, secret: Path, tmp_path: Path):
        """What an index holds of before links were refused goes with its next update, too."""
        (documents / "a.txt").write_text(SECRET, encoding="utf-8")
        store = tmp_path / "store"
        build(documents, store)
        assert holds(store, "签名密钥")
        (documents / "a.txt").unlink()
        (documents / "a.txt").symlink_to(secret)
        report = update(documents, store)
        assert report.removed == ("a.txt",)
        assert report.skipped == (Skipped("a.txt", LEADS_OUT, is_link=True),)
        assert not holds(store, "签名密钥")
        assert verify(store).all_problems == ()

    def test_added_by_a_shells_star(self, documents: Path, secret: Path, tmp_path: Path):
        store = tmp_path / "store"
        build(documents, store)
        (documents / "a.txt").symlink_to(secret)
        (documents / "b.txt").write_text(NOTICE, encoding="utf-8")
        report = add(sorted(documents.glob("*.txt")), store)
        assert report.skipped == (Skipped("a.txt", LEADS_OUT, is_link=True),)
        assert not holds(store, "签名密钥")

    def test_watching_tells_of_it(self, documents: Path, secret: Path, tmp_path: Path):
        store, stop = tmp_path / "store", threading.Event()
        build(documents, store)
        told: list[BuildReport] = []
        failed: list[str] = []
        arguments = (documents, store, told.append, failed.append)
        following = threading.Thread(target=watch, args=arguments, kwargs={"stop": stop, "quiet": 0.2})
        following.start()
        try:
            (documents / "a.txt").symlink_to(secret)
            until = time.monotonic() + 60
            while not any(report.skipped for report in told) and time.monotonic() < until:
                time.sleep(0.1)
        finally:
            stop.set()
            following.join()
        assert told[-1].skipped == (Skipped("a.txt", LEADS_OUT, is_link=True),)
        assert failed == []


def test_a_member_of_an_archive_that_is_a_link(documents: Path, secret: Path):
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(documents / "汇编.zip", "w") as archive:
        archive.writestr(info, str(secret))
        archive.writestr("b.txt", NOTICE)
    listing = list_documents(documents)
    assert [found.name for found in listing.files] == ["养老.txt", "汇编.zip/b.txt"]
    assert [(one.file, one.reason) for one in listing.skipped] == [
        ("汇编.zip/a.txt", "is a link; pack what it leads to")
    ]


class TestUploads:
    def sent(self, tmp_path: Path) -> list[Upload]:
        path = tmp_path / "sent"
        path.write_text(NOTICE.replace("养老", "托育"), encoding="utf-8")
        return [Upload("养老.txt", path)]

    @pytest.mark.parametrize("name", [NOTES, REPLACED])
    def test_what_is_kept_beside_the_documents_is_no_link(self, documents: Path, tmp_path: Path, name: str):
        store, elsewhere = tmp_path / "store", tmp_path / "elsewhere"
        build(documents, store)
        elsewhere.mkdir()
        (elsewhere / "notes").write_text("{}")
        (documents / name).symlink_to(elsewhere / "notes" if name == NOTES else elsewhere)
        with pytest.raises(WriteError, match="is a link"):
            take_in(self.sent(tmp_path), documents, store)
        assert [path.name for path in elsewhere.iterdir()] == ["notes"]
        assert holds(store, "养老服务")
        assert (documents / "养老.txt").read_text("utf-8") == NOTICE

    def test_a_name_that_is_a_link_is_replaced_and_not_followed(
        self, documents: Path, secret: Path, tmp_path: Path
    ):
        store = tmp_path / "store"
        build(documents, store)
        (documents / "养老.txt").unlink()
        (documents / "养老.txt").symlink_to(secret)
        take_in(self.sent(tmp_path), documents, store)
        assert secret.read_text("utf-8") == SECRET
        assert not (documents / "养老.txt").is_symlink()
        assert (documents / REPLACED / "养老.txt").is_symlink()


def test_a_file_is_replaced_and_no_link_followed(tmp_path: Path):
    (tmp_path / "elsewhere").write_text("kept")
    (tmp_path / "notes.json.new").symlink_to(tmp_path / "elsewhere")
    replace_file(tmp_path / "notes.json", "{}")
    assert (tmp_path / "elsewhere").read_text() == "kept"
    assert (tmp_path / "notes.json").read_text() == "{}"
