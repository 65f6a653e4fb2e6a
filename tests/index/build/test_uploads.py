"""Uploaded documents: names that lead nowhere, files kept with what was taken in, a look before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.build import build, edit
from index.build.preview import preview
from index.build.removals import NOTES as REMOVALS
from index.build.removals import REMOVED, forget, put_back, removed, take_out
from index.build.uploads import LONGEST_NAME, NOTES, REPLACED, Upload, safe_name, take_in, was_uploaded
from index.build.uploads import sent as noted_sent
from index.errors import IndexBusy, SourceError, WriteError
from index.search.index import open_index
from index.storage.generation import current_number
from index.storage.journal import changed_by
from index.storage.journal import changes as changes_of
from index.storage.lock import writing

CHENGWU = "成武县新型城镇化建设行动提升方案.txt"
NOTICE = """虚构县人民政府办公室关于加强养老服务的通知

虚政办发〔2025〕7号

各乡镇人民政府，县直各单位：

一、总体要求
到2027年，每个乡镇建成1处综合养老服务中心。
二、责任分工
由县民政局牵头，县财政局配合。

虚构县人民政府办公室
2025年3月1日
"""


def sent(tmp_path, name: str, text: str = NOTICE) -> Upload:
    path = tmp_path / f"sent-{len(list(tmp_path.iterdir()))}"
    path.write_text(text, encoding="utf-8")
    return Upload(name, path)


class TestNames:
    @pytest.mark.parametrize(
        ("given", "name"),
        [
            ("通知（试行）〔2025〕7号.txt", "通知（试行）〔2025〕7号.txt"),
            ("../../etc/x.txt", "x.txt"),
            ("..\\..\\x.TXT", "x.TXT"),
            ("/etc/passwd.txt", "passwd.txt"),
            ("C:\\Users\\甲\\x.md", "x.md"),
            ("x.txt...  ", "x.txt"),
            ("a.txt:b.txt", "a.txt_b.txt"),
            ("<img src=x onerror=a()>.html", "_img src=x onerror=a()_.html"),
        ],
    )
    def test_a_safe_name(self, given: str, name: str):
        assert safe_name(given) == name

    @pytest.mark.parametrize(
        "given",
        [
            *("", "..", "../", "a/..", "x.txt/", ".txt", ".hidden.txt", "~$a.txt"),
            *("a\0.txt", "a\n.txt", "a\u202etxt.txt", "\ud800.txt"),
            *("con.txt", "COM1.x.txt", "lpt9 .md", "a.rar", "a.txt.exe", "a", "长" * 80 + ".txt"),
        ],
    )
    def test_no_name(self, given: str):
        with pytest.raises(SourceError) as raised:
            safe_name(given)
        assert str(raised.value).isprintable()

    @given(st.text(max_size=300), st.sampled_from([".txt", ".html", "", ".txt\\..", "/.txt"]))
    def test_no_name_leads_out_of_its_folder(self, tmp_path_factory, stem: str, ending: str):
        try:
            name = safe_name(stem + ending)
        except SourceError:
            return
        folder = tmp_path_factory.getbasetemp()
        assert (folder / name).parent == folder
        assert not set(name) & set('/\\\0:<>"|?*')
        assert len(name.encode()) <= LONGEST_NAME
        assert safe_name(name) == name


class TestTakingIn:
    def test_it_is_in_the_index_kept_in_the_folder_and_there_after_a_rebuild(
        self, store, documents, tmp_path
    ):
        report = take_in([sent(tmp_path, "养老.txt")], documents, store)
        assert report.added == ("养老.txt",)
        assert (documents / "养老.txt").read_text(encoding="utf-8") == NOTICE
        assert was_uploaded("养老.txt", documents)
        assert build(documents, store).documents == 6

    def test_what_cannot_be_read_stops_nothing_and_is_not_kept(self, store, documents, tmp_path):
        files = [
            sent(tmp_path, "空.txt", " "),
            sent(tmp_path, "养老.txt"),
            sent(tmp_path, "p.txt", "%PDF-1.7"),
        ]
        report = take_in(files, documents, store)
        assert report.added == ("养老.txt",)
        assert {one.file for one in report.skipped} == {"空.txt", "p.txt"}
        assert not (documents / "空.txt").exists()
        assert not (documents / "p.txt").exists()

    def test_a_file_put_there_by_hand_is_kept_when_replaced(self, store, documents, tmp_path):
        original = (documents / CHENGWU).read_bytes()
        take_in([sent(tmp_path, CHENGWU)], documents, store)
        assert (documents / REPLACED / CHENGWU).read_bytes() == original
        take_in([sent(tmp_path, CHENGWU, NOTICE + "三、附则\n")], documents, store)
        assert (documents / REPLACED / CHENGWU).read_bytes() == original
        assert build(documents, store).documents == 5

    def test_of_two_files_of_one_name_the_last_goes_in(self, store, documents, tmp_path):
        files = [sent(tmp_path, "养老.txt"), sent(tmp_path, "../养老.txt", NOTICE + "三、附则\n")]
        assert take_in(files, documents, store).added == ("养老.txt",)
        assert (documents / "养老.txt").read_text(encoding="utf-8").endswith("三、附则\n")

    def test_a_busy_index_leaves_the_folder_as_it_was(self, store, documents, tmp_path):
        before = sorted(documents.iterdir())
        with writing(store, "build"), pytest.raises(IndexBusy):
            take_in([sent(tmp_path, "养老.txt")], documents, store)
        assert sorted(documents.iterdir()) == before

    def test_no_folder_to_keep_files_in(self, store, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(SourceError, match="--documents"):
            take_in([sent(tmp_path, "养老.txt")], tmp_path / "file", store)
        with pytest.raises(WriteError):
            take_in([sent(tmp_path, "养老.txt")], tmp_path / "file" / "below", store)
        assert current_number(store) == 1


class TestTakingOut:
    def test_an_uploaded_file_goes_with_its_document(self, store, documents, tmp_path):
        take_in([sent(tmp_path, "养老.txt")], documents, store)
        assert take_out("养老.txt", documents, store).moved
        assert not (documents / "养老.txt").exists()
        with open_index(store) as index:
            assert "养老.txt" not in {info.file for info in index.infos}

    def test_a_file_by_hand_stays(self, store, documents, tmp_path):
        assert not take_out(CHENGWU, documents, store).moved
        assert (documents / CHENGWU).exists()
        take_in([sent(tmp_path, "养老.txt")], documents, store)
        (documents / "养老.txt").write_text("改过", encoding="utf-8")
        assert not take_out("养老.txt", documents, store).moved
        assert (documents / "养老.txt").exists()

    def test_notes_that_lead_elsewhere_delete_nothing(self, store, documents, tmp_path):
        outside = tmp_path / "outside.txt"
        outside.write_text("别动", encoding="utf-8")
        (documents / NOTES).write_text('{"../outside.txt": "x"}', encoding="utf-8")
        assert not was_uploaded("../outside.txt", documents)
        (documents / NOTES).write_text("{", encoding="utf-8")
        with pytest.raises(WriteError, match=NOTES):
            take_out(CHENGWU, documents, store)
        assert current_number(store) == 1


class TestPuttingBack:
    def test_a_removed_upload_comes_back_with_what_was_corrected(self, store, documents, tmp_path):
        changes = {"养老.txt": {"title": "虚构县养老通知", "region": None}}
        with changed_by("张三"):
            take_in([sent(tmp_path, "养老.txt")], documents, store, by="张三", changes=changes)
        assert noted_sent(documents)["养老.txt"].by == "张三"
        take_out("养老.txt", documents, store, title="虚构县养老通知", by="李四")
        (one,) = removed(documents)
        assert (one.file, one.by, one.sender) == ("养老.txt", "李四", "张三")
        assert build(documents, store).documents == 5  # a rebuild does not bring it back
        put_back("养老.txt", documents, store)
        with open_index(store) as index:
            info = index.info("养老.txt")
            assert (info.title, info.region) == ("虚构县养老通知", None)
        assert noted_sent(documents)["养老.txt"].by == "张三"
        assert (removed(documents), list((documents / REMOVED).iterdir())) == ([], [])
        log = [(one.what, one.who, one.files) for one in changes_of(store, 9)]
        assert [what for what, _, _ in log[:3]] == ["add", "build", "remove"]
        assert log[3] == ("add", "张三", ("养老.txt",))

    def test_a_file_by_hand_comes_back_from_where_it_lies(self, store, documents):
        edit(CHENGWU, {"number": "成政发〔2024〕99号"}, store)
        take_out(CHENGWU, documents, store)
        put_back(CHENGWU, documents, store)
        with open_index(store) as index:
            assert index.info(CHENGWU).value("number") == "成政发〔2024〕99号"
        with pytest.raises(SourceError, match="taken out"):
            put_back(CHENGWU, documents, store)

    def test_what_is_old_or_forgotten_is_deleted(self, store, documents, tmp_path):
        for name in ("甲.txt", "乙.txt"):
            take_in([sent(tmp_path, name)], documents, store)
            take_out(name, documents, store)
        forget("甲.txt", documents)
        assert [one.file for one in removed(documents)] == ["乙.txt"]
        long_ago = (documents / REMOVALS).read_text(encoding="utf-8").replace('"at": "20', '"at": "19')
        (documents / REMOVALS).write_text(long_ago, encoding="utf-8")
        take_out(CHENGWU, documents, store)
        assert [one.file for one in removed(documents)] == [CHENGWU]
        assert list((documents / REMOVED).iterdir()) == []


class TestPreview:
    def test_it_is_what_a_build_would_make(self, policy_index, documents):
        for info in policy_index.infos:
            seen = preview((documents / info.file).read_bytes(), info.file)
            assert seen.parsed.document == policy_index.document(info.file)
            assert len(seen.parsed.clauses) == info.clauses
            assert seen.coverage.share == 1
            assert "coverage" not in seen.warnings
            assert "removed" not in seen.warnings
            assert seen.facts == sum(len(entry.facts) for entry in policy_index.entries_of(info.file))

    def test_what_a_reader_should_look_at(self):
        assert preview("没有题目也没有编号的一句话。".encode(), "a.txt").warnings == (
            *("numbering", "short", "title", "region", "issuer", "number", "date"),
        )
        assert preview(NOTICE.encode(), "养老.txt").warnings == ("short",)

    @pytest.mark.parametrize(
        ("data", "name"), [(b"", "a.txt"), (b"PK\x03\x04", "a.txt"), (b"\0\1", "a.md"), (b"x", "a.rar")]
    )
    def test_what_cannot_be_read_is_named(self, data: bytes, name: str):
        with pytest.raises(SourceError, match=name):
            preview(data, name)
