"""With ``--index`` alone, what is uploaded is kept beside that index, and a rebuild has it all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).parents[3]
NOTICE = """虚构县人民政府办公室关于加强养老服务的通知

一、总体要求

到2027年，每个乡镇建成1处综合养老服务中心。
"""
ELDERLY = "虚构县养老.txt"
PATIENCE = 60_000
"""Milliseconds that a change may take on a busy machine."""


def told(page, words: str) -> None:
    expect(page.locator("#doc-told .tw-told:not(.tw-progress)")).to_contain_text(words, timeout=PATIENCE)


@pytest.fixture
def place(tmp_path: Path, policy_store: Path) -> Path:
    """An index elsewhere, and the folder that the app is started in, with documents of its own."""
    shutil.copytree(policy_store, tmp_path / "elsewhere" / "policies")
    (tmp_path / "here" / "documents").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def address(place: Path):
    command = [sys.executable, str(ROOT / "app.py"), "--index", str(place / "elsewhere" / "policies")]
    with (place / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--port", "0"],
            cwd=place / "here",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdout is not None
    found = next((seen for line in process.stdout if (seen := re.search(r"http://\S+", line))), None)
    try:
        assert found, (place / "log").read_text()
        yield found.group()
    finally:
        process.terminate()
        process.wait(20)
    assert "Traceback" not in (place / "log").read_text()


def test_uploads_lie_beside_the_index_that_is_named(browser, address: str, place: Path) -> None:
    shipped = sorted(path.name for path in (ROOT / "documents").iterdir())
    uploads = place / "elsewhere" / "policies-uploads"
    page = browser.new_page()
    page.goto(f"{address}/documents/")
    page.locator(".tw-choose input").set_input_files(
        [{"name": ELDERLY, "mimeType": "text/plain", "buffer": NOTICE.encode()}]
    )
    page.locator(".tw-wait [data-do=take]").click(timeout=PATIENCE)
    told(page, "文件库现有 6 份文件")
    assert [path.name for path in uploads.glob("*.txt")] == [ELDERLY]
    assert list((place / "here" / "documents").iterdir()) == []
    assert sorted(path.name for path in (ROOT / "documents").iterdir()) == shipped

    (uploads / "链接.txt").symlink_to(place / "log")
    page.locator("[data-do=rebuild]").click()
    question = page.locator("#doc-upkeep [role=alertdialog]")
    expect(question).to_contain_text(str(uploads))
    expect(question).not_to_contain_text("重建后不再包含")
    page.locator("#doc-upkeep [data-do=confirm]").click()
    told(page, "重建完成：6 份文件")
    told(page, "未能收入：链接.txt。")

    row = page.locator("#doc-list .tw-doc").filter(has=page.locator(".tw-file", has_text=ELDERLY))
    row.locator("[data-do=remove]").click()
    expect(row).to_contain_text("原件也会移走")
    row.locator("[data-do=confirm]").click()
    expect(row).to_have_count(0, timeout=PATIENCE)
    assert list(uploads.glob("虚构县*")) == []
    page.close()
