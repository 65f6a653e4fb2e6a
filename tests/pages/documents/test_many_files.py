"""Many files at once: what is read is told, what must wait does, and how far it is stays in view."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from index.build.uploads import MOST
from tests.support.documents_desk import NOTICE, Library, told

BUTTONS = ".tw-waiting > footer button"


@pytest.mark.parametrize("count", [12, MOST])
def test_many_files_go_in_at_once(count: int, desk, library: Library) -> None:
    held = desk.locator(".tw-doc").count()
    desk.locator(".tw-choose input").set_input_files(
        [
            {"name": f"第{n:03}批-{count}.txt", "mimeType": "text/plain", "buffer": _notice(n, count)}
            for n in range(count)
        ]
    )
    sending = desk.locator(".tw-sending")
    expect(sending).to_contain_text(f"/{count} 份")
    desk.locator(".tw-wait").nth(1).wait_for()
    busy = "() => !document.querySelector('.tw-sending').textContent || "
    assert desk.evaluate(f"{busy} document.querySelector('#doc-waiting').inert")  # until all are read
    expect(desk.locator(".tw-wait")).to_have_count(count)
    expect(sending).to_have_text("")
    expect(desk.locator(BUTTONS).first).to_have_text(f"全部收入（{count} 份）")
    height = desk.locator(".tw-folded").nth(2).bounding_box()["height"]
    assert height < 110
    desk.locator(BUTTONS).first.click()
    desk.locator(".tw-progress").wait_for()
    desk.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    expect(desk.locator("#doc-told")).to_be_in_viewport()
    # What is sent now is read once that is done, and is not lost.
    desk.locator(".tw-choose input").set_input_files(
        [{"name": f"后来-{count}.txt", "mimeType": "text/plain", "buffer": _notice(999, count)}]
    )
    told(desk, f"已收入 {count} 份文件")
    expect(desk.locator(".tw-wait")).to_have_count(1)
    expect(desk.locator(".tw-wait")).to_contain_text(f"后来-{count}.txt")
    expect(desk.locator(".tw-doc-count")).to_have_text(f"{held + count} 份文件")
    assert len(list(library.documents.glob(f"第*批-{count}.txt"))) == count


def _notice(number: int, count: int) -> bytes:
    return NOTICE.replace("48处", f"{number}处").replace("7号", f"{number}{count}号").encode()
