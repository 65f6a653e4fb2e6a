"""What the tests of the documents page share: its server, a notice, and what a person does there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

ELDERLY = "虚构县养老.txt"
NOTICE = """虚构县人民政府办公室关于加强养老服务的通知

虚政办发〔2025〕7号

各乡镇人民政府，县直各单位：

一、总体要求

到2027年，每个乡镇建成1处综合养老服务中心，护理型床位占比达到65%以上。

二、责任分工

银龄食堂建设由县民政局牵头，县财政局、县市场监管局配合，2026年底前建成银龄食堂48处。

虚构县人民政府办公室
2025年3月1日
"""


@dataclass(frozen=True, slots=True)
class Library:
    """A running app with the documents page: its address, its index, its folder of documents."""

    url: str
    index: Path
    documents: Path


def send(page, *files: tuple[str, bytes | str]) -> None:
    """Choose files and wait until each has its card."""
    before = page.locator(".tw-wait").count()
    page.locator(".tw-choose input").set_input_files(
        [
            {
                "name": name,
                "mimeType": "text/plain",
                "buffer": data if isinstance(data, bytes) else data.encode(),
            }
            for name, data in files
        ]
    )
    page.locator(".tw-wait").nth(before + len(files) - 1).wait_for()


def row(page, file: str):
    return page.locator("#doc-list .tw-doc").filter(has=page.locator(".tw-file", has_text=file))


def told(page, words: str) -> None:
    expect(page.locator("#doc-told .tw-told:not(.tw-progress)")).to_contain_text(words)


def take_out(page, file: str) -> None:
    row(page, file).locator("[data-do=remove]").click()
    row(page, file).locator("[data-do=confirm]").click()
    expect(row(page, file)).to_have_count(0)
