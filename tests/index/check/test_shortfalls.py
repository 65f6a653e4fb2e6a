"""A file of which too much is missing is told wherever it is taken in, looked at or counted."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest

from index.__main__ import main
from index.build.build import add, build
from index.build.change import BuildReport
from index.build.preview import preview
from index.build.watch import watch
from index.check.report import report
from index.check.stats import stats
from index.check.verify import verify
from index.clauses.coverage import ENOUGH, Coverage, coverage
from index.errors import IndexDamaged
from index.parsing.parse import parse_file
from index.reading.counted import MOST_PIECES, SAMPLE, counted, surplus
from index.reading.extracted import Extracted, Left
from index.records import FileCount
from index.search.index import open_index
from index.storage.generation import MANIFEST, folder_of, read_manifest
from index.storage.manifest import text_of
from pages.common.reader import Place, reader
from pages.common.words import words_of
from pages.documents.listing import document_list
from pages.documents.outcomes import checked, taken
from pages.documents.view import View
from tests.support.packing import docx, p

RULE = "第一条　护理补贴由县民政局会同县财政局按月发放，不得拖欠、截留和挪用，每季度公开一次。"
SUNK = "第二条　由县水利局负责。"
STRUCK = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>每月60元。</w:t></w:r></w:p>"
KEPT = f"{p('桐岭县护理补贴办法')}{p(RULE)}{STRUCK}"
PAGE = docx(f"{KEPT}<w:unheardOf>{p(SUNK)}{p('第三条　本办法自印发之日起施行。')}</w:unheardOf>")
"""Words stand where the reader does not look, in a block that it has no name for: two are missing."""
FILE = "桐岭县护理补贴办法.docx"
MISSING = len("第二条由县水利局负责。第三条本办法自印发之日起施行。")


@pytest.fixture(scope="module")
def lossy(policy_store: Path, tmp_path_factory: pytest.TempPathFactory, encoder) -> tuple[Path, BuildReport]:
    """The index of the five documents with the page added."""
    folder = tmp_path_factory.mktemp("lossy")
    store = Path(shutil.copytree(policy_store, folder / "store"))
    (folder / FILE).write_bytes(PAGE)
    return store, add([folder / FILE], store, encoder=encoder)


def test_whoever_adds_it_is_warned(lossy: tuple[Path, BuildReport]) -> None:
    [short] = lossy[1].shortfalls
    assert (short.file, short.missing, short.sample) == (FILE, MISSING, "第二条 由县水利局负责。")
    assert short.share < ENOUGH
    assert "Compare it with the file" in str(short)


def test_the_command_line_warns(tmp_path: Path, capsys, encoder) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / FILE).write_bytes(PAGE)
    store = str(tmp_path / "store")
    for command in (["build", str(tmp_path / "in")], ["stats"], ["verify"], ["verify", "--brief"]):
        assert main([*command, "--index", store]) == 0
        said = capsys.readouterr()
        assert f"WARNING {FILE}: {MISSING} of " in said.out + said.err, command


def test_verify_stats_and_report_hold_it(lossy: tuple[Path, BuildReport], capsys) -> None:
    store, _ = lossy
    checks = {one.file: one for one in verify(store).documents}
    assert verify(store).all_problems == ()
    assert [file for file, one in checks.items() if one.shortfall] == [FILE]
    with open_index(store) as index:
        figures, told = stats(index), report(index, FILE)
    assert [one.file for one in figures.shortfalls] == [FILE]
    assert figures.characters_lost == MISSING
    assert figures.removed["struck out"] == len("每月60元。")
    assert [(one.reason, one.sample) for one in told.left_out] == [("struck out", "每月60元。")]
    main(["verify", "--json", "--index", str(store)])
    said = {one["file"]: one for one in json.loads(capsys.readouterr().out)["documents"]}
    assert said[FILE]["shortfall"]["missing"] == said[FILE]["coverage"]["lost"] == MISSING
    assert said[FILE]["left_out"][0]["reason"] == "struck out"


def test_a_watched_folder_warns(tmp_path: Path, store: Path, encoder) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "a.txt").write_text(RULE, encoding="utf-8")
    build(folder, tmp_path / "own", encoder=encoder)
    (folder / FILE).write_bytes(PAGE)
    told: list[BuildReport] = []
    stop = threading.Event()

    def hear(report: BuildReport) -> None:
        told.append(report)
        stop.set()

    watch(folder, tmp_path / "own", hear, pytest.fail, stop=stop, encoder=encoder)
    assert [one.file for one in told[0].shortfalls] == [FILE]


def test_the_preview_warns() -> None:
    seen = preview(PAGE, FILE)
    assert seen.warnings[0] == "lost"
    assert ("struck out", len("每月60元。")) in seen.removed
    whole = preview(docx(KEPT), FILE)
    assert "lost" not in whole.warnings


@pytest.mark.parametrize(
    ("language", "said"), [("zh", f"缺 {MISSING} 字"), ("en", f"{MISSING} characters missing")]
)
def test_the_documents_page_shows_it(lossy: tuple[Path, BuildReport], language: str, said: str) -> None:
    store, added = lossy
    view = View(language=language)
    with open_index(store) as index:
        listed = document_list(index, view, "", store, may_edit=False)
        assert listed.count(said) == 1
        assert said in taken(added, index, view)
    assert said in checked(verify(store), view)


def test_the_reader_shows_what_is_missing_and_what_was_left_out(lossy: tuple[Path, BuildReport]) -> None:
    with open_index(lossy[0]) as index:
        shown = reader(index, Place(FILE), words_of("zh"))
    assert f"有 {MISSING} 字没有读入" in shown
    assert "缺失处开头：第二条 由县水利局负责。" in shown
    assert "删除线文字" in shown


def test_an_index_of_the_format_before_says_what_to_do(store: Path) -> None:
    path = folder_of(store, 1) / MANIFEST
    held = text_of(read_manifest(store, 1))
    path.write_text(held.replace('"format": 4', '"format": 3'), encoding="utf-8")
    with pytest.raises(
        IndexDamaged, match=r"has format 3; this version reads 4\. Run: python -m index build"
    ):
        open_index(store)


def test_plain_text_is_all_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"首页 > 政务公开\n桐岭县办法\n{RULE}\n", encoding="utf-8")
    parsed = parse_file(path, tmp_path)
    covered = coverage(parsed.document, parsed.clauses)
    assert covered.of_file == len("".join(path.read_text(encoding="utf-8").split()))
    assert (covered.missing, covered.share) == (0, 1.0)
    assert covered.left_out == sum(len("".join(one.text.split())) for one in parsed.document.removals) > 0


def test_characters_are_counted_wherever_they_stand() -> None:
    moved = Extracted("乙甲 |\n", whole="甲\n乙")
    assert counted(moved) == FileCount(2)
    radical = Extracted("水：a\u200bb", whole="⽔:ab|")
    assert counted(radical) == FileCount(4)
    missing = counted(Extracted("甲甲", whole="甲\n乙乙\n丙", left=(Left("comment", "丙", "comments.xml"),)))
    assert (missing.characters, missing.lost, missing.lost_sample, missing.with_reason) == (4, 2, "乙乙", 1)


def test_what_a_reader_adds_stands_for_nothing_that_is_missing() -> None:
    assert counted(Extracted("1.乙", whole="乙\n1.", added="1.")).lost == 2
    assert surplus(Extracted("1.乙", whole="乙")) == 2
    assert surplus(Extracted("1.乙", whole="乙", added="1.")) == 0


def test_a_page_of_a_thousand_links_does_not_fill_the_index() -> None:
    left = tuple(Left("navigation", f"链接{number}", f"{number}") for number in range(1000))
    whole = "\n".join(one.text for one in left)
    count = counted(Extracted("", whole=whole, left=left))
    assert len(count.left_out) == MOST_PIECES + 1
    assert count.with_reason == count.characters == len("".join(whole.split()))
    assert all(len(one.sample) <= SAMPLE + 1 for one in count.left_out)


def test_a_share_is_never_below_nothing() -> None:
    assert Coverage(characters=10, in_none=20, of_file=10).share == 0.0
    assert Coverage().share == 1.0
