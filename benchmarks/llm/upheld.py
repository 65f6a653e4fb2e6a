"""What no answer may hold, looked for otherwise than the program does: by plain search in the clauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from index.search.index import Index
from qa.llm.write import Written
from qa.records import Quotes, Statement, Table

INVENTED = (
    "县公安局",
    "市教育局",
    "省财政厅",
    "国家税务总局",
    "县融媒体中心",
    "某某投资有限公司",
    "北京",
    "朝阳区",
)
WORDS_OF_TIME = ("年底", "年末", "上半年", "下半年", "季度", "月底")


def flat(text: str) -> str:
    """NFKC without blanks and commas."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "")


@lru_cache(maxsize=4)
def bodies(index: Index) -> tuple[str, ...]:
    """Every body that the documents charge with something, as printed."""
    entries = (entry for info in index.infos for entry in index.entries_of(info.file))
    return tuple({fact.text for entry in entries for fact in entry.facts if type(fact).__name__ == "Agency"})


def unheld(written: Written, index: Index) -> Iterator[str]:
    """Each figure, date and body of an answer that the clauses which its sentence cites do not hold."""
    texts = {citation.number: citation.text for citation in written.answer.citations}
    for citation in written.answer.citations:
        if index.document(citation.file).text[citation.start : citation.end] != citation.quote:
            yield f"quote of {citation.number}"
    if not written.by_model:
        return
    for block in written.answer.blocks:
        assert not isinstance(block, (Quotes, Table))
        if not block.citations:
            if not re.match(r"[〔（].*[〕）]$", block.text):
                yield f"uncited: {block.text}"
            continue
        yield from _unheld_in(block, "\n".join(flat(texts[number]) for number in block.citations), index)


def _unheld_in(sentence: Statement, held: str, index: Index) -> Iterator[str]:
    said = flat(sentence.text)
    for figure in re.findall(r"\d+(?:\.\d+)?", said):
        if not re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d]|\.\d)", held):
            yield f"{figure} in {said}"
    for name in (*INVENTED, *WORDS_OF_TIME, *bodies(index)):
        if name in said and name not in held:
            yield f"{name} in {said}"
