"""Take the pictures of docs/images again: the pages over the five documents, in Chromium.

    python tools/screenshots.py [--out docs/images] [--only NAME …]
    python tools/screenshots.py --out pictures --every

``--every`` takes each page in both themes at three widths (chat-dark-390.png).  Starts the application over
an index that it builds in a folder of its own.  Needs the extra ``test`` and Chromium with Chinese type at
/usr/bin/chromium.  Left out: comparing pictures; look at them.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.commands.options import named_path

ROOT: Final = Path(__file__).resolve().parents[1]
CHROMIUM: Final = "/usr/bin/chromium"
WINDOW, TELEPHONE = (1280, 820), (390, 844)
WIDTHS: Final = ((390, 844), (1024, 768), (1440, 900))
NINGWU: Final = "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"


def chat(page: Page, question: str = "哪个部门牵头海绵城市建设？") -> None:
    """The answer over five regions, the first citations beside it."""
    page.locator("#chat .example").first.wait_for()
    page.locator("#box textarea").fill(question)
    page.locator("#box textarea").press("Enter")
    page.locator("#chat .tw-after").wait_for()


def reader(page: Page) -> None:
    """The first citation in its document."""
    chat(page)
    if not page.locator("#card-1 .tw-read").is_visible():  # the cards lie under the answer
        page.locator("#chat .tw-cite").first.click()
    page.locator("#card-1 .tw-read").click()
    page.locator("dialog[open] .tw-text mark").first.wait_for()


def ledger(page: Page) -> None:
    """The ledger, filtered by a topic."""
    page.locator(".tw-task").first.wait_for()
    if not page.locator('[name="topic"]').is_visible():  # folded on a telephone
        page.locator(".tw-filters summary").click()
    page.locator('[name="topic"]').fill("老旧小区")
    page.locator(".tw-bar h2", has_text="共 10 项任务").wait_for()


def compare(page: Page) -> None:
    """One topic over regions."""
    page.locator("#compare-topic").fill("海绵城市")
    page.locator("#compare-topic").press("Enter")
    page.locator(".tw-regions tbody tr").first.wait_for()


def document(page: Page) -> None:
    """What there is to know of a document."""
    page.locator("dialog[open] .tw-ask").first.wait_for()


def documents(page: Page) -> None:
    """The documents."""
    page.get_by_text("成武县新型城镇化建设行动提升方案.txt").first.wait_for()


def charts(page: Page) -> None:
    """The charts of the ledger."""
    page.locator(".tw-bars li").first.wait_for()


def administration(page: Page) -> None:
    """The state of the library, as an administrator sees it."""
    page.locator(".tw-admin-facts").first.wait_for()


def mobile(page: Page) -> None:
    """A short answer."""
    chat(page, "宁武县海绵城市由谁负责？")


Act = Callable[[Page], None]
PICTURES: Final[dict[str, tuple[str, tuple[int, int], Act]]] = {
    "chat": ("/", WINDOW, chat),
    "reader": ("/", WINDOW, reader),
    "ledger": ("/ledger/", WINDOW, ledger),
    "compare": ("/compare/", WINDOW, compare),
    "document": (f"/?document={NINGWU}", WINDOW, document),
    "documents": ("/documents/", WINDOW, documents),
    "charts": ("/ledger/?view=pictures", WINDOW, charts),
    "administration": ("/administration/", WINDOW, administration),
    "mobile": ("/", TELEPHONE, mobile),
}
"""Each picture's page, window (pixels) and what is done before it is taken."""


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=named_path, default=ROOT / "docs" / "images")
    parser.add_argument("--only", nargs="+", choices=PICTURES, default=list(PICTURES), metavar="NAME")
    parser.add_argument("--every", action="store_true", help="each in both themes at three widths")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name in options.only:
            if not options.every:
                take(browser, address, name, options.out / f"{name}.png")
            for window in WIDTHS if options.every else ():
                for dark in (False, True):
                    file = f"{name}-{'dark' if dark else 'light'}-{window[0]}.png"
                    take(browser, address, name, options.out / file, window, dark=dark)
        browser.close()
    return 0


def take(
    browser: Browser,
    address: str,
    name: str,
    file: Path,
    window: tuple[int, int] | None = None,
    *,
    dark: bool = False,
) -> None:
    """One picture, in a window of its own: of the size that ``window`` says, else its usual one."""
    path, usual, act = PICTURES[name]
    width, height = window or usual
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.goto(address + path)
    act(page)
    page.evaluate("dark => document.body.classList.toggle('dark', dark)", dark)
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(1500)  # what slides and fades has come to rest
    page.screenshot(path=file)
    page.close()
    # A page has few colours: 256 of them are a third of the bytes and look the same.
    with Image.open(file) as full:
        few = full.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


@contextmanager
def served() -> Iterator[str]:
    """The address of the application over a new index."""
    with tempfile.TemporaryDirectory(prefix="tiaowen-") as folder:
        # The folder is printed on a page; where this copy of the project lies is nobody's business.
        documents = shutil.copytree(ROOT / "documents", Path(folder, "documents"))
        command = [sys.executable, "-u", str(ROOT / "app.py"), "--port", "0", "--index", f"{folder}/store"]
        command += ["--documents", str(documents)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as app:
            assert app.stdout is not None
            try:
                yield next(found[0] for line in app.stdout if (found := re.search(r"http://[\d.:]+", line)))
            finally:
                app.terminate()


if __name__ == "__main__":
    sys.exit(main())
