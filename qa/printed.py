"""Words of clauses as they are printed in an answer: on one line, a row by its columns, a clause in brief."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from index.entries import Entry
from index.language.sentences import sentences
from index.records import Clause, PageStart
from index.search.standing import Standing
from qa.records import Answer, Citation

# a⏎⏎b
_BREAKS = re.compile(r"(?<!\s)\s*\n\s*")
LONGEST_SUMMARY = 90
"""Characters up to which a second sentence joins the first."""
EVERY_REGION: Final = "全部地区"
DOCUMENTS_NAMED: Final = 3
"""Documents named of those that were searched: a line of print."""


def flat(text: str) -> str:
    """Words on one line: line breaks inside a quote become blanks, a table's bars go."""
    return " ".join(text.replace("|", " ").split())


def row_words(clause: Clause) -> str:
    """A table row as 项目名称：…；单位：…, without its number."""
    pairs = (
        (c.column, flat(clause.text[c.start - clause.start : c.end - clause.start])) for c in clause.cells
    )
    return "；".join(
        f"{column}：{words}" if column else words for column, words in pairs if words != clause.label
    )


def topic_of(clause: Clause) -> str:
    """What the clause is about, in the document's words: its own heading, else the innermost above it."""
    return clause.heading or (clause.path[-1] if clause.path else "")


def own_place(clause: Clause, words: str = "") -> str:
    """The clause's own number and heading (12.建设安全韧性城市, 第四十二条); the heading alone before words
    that begin with the number."""
    if clause.place == clause.path or (clause.label and words.startswith(clause.label)):
        return clause.heading or ""
    return flat(clause.place[-1])


def summary(entry: Entry) -> str:
    """The first sentence after the clause's heading, two where they fit LONGEST_SUMMARY characters."""
    clause = entry.clause
    if clause.cells:
        return row_words(clause)
    spans = sentences(clause.text)
    words = [flat(clause.text[s.start : s.end]) for s in spans]
    if (
        clause.heading
        and len(words) > 1
        and clause.heading in words[0]
        and len(words[0]) < len(clause.heading) + 8
    ):
        words = words[1:]
    text = words[0]
    if len(words) > 1 and len(text) + len(words[1]) <= LONGEST_SUMMARY:
        text += words[1]
    return text


def place_of(citation: Citation) -> str:
    """The clause's path and number on one line: 二、工作内容 › （一）… › 2.…"""
    return " › ".join(_BREAKS.sub(" ", step.strip()) for step in citation.place)


def page_words(citation: Citation) -> str:
    """The page or sheet on which the quote begins: 第3页, 工作表 任务分工; "" where the file has none."""
    return page_name(citation.page)


def page_name(page: PageStart | None) -> str:
    """A page or sheet as it is spoken of: 第3页, 工作表 任务分工; "" for none."""
    if page is None:
        return ""
    return f"第{page.name}页" if page.kind == "page" else f"工作表 {page.name}"


def in_brackets(words: str) -> str:
    """Words in brackets, 第3页 → （第3页）; nothing for none."""
    return f"（{words}）" if words else ""


def standing_words(standing: Standing | None) -> str:
    """That a document does not hold, as it stands behind its name: （已失效：有效期至2022年9月12日）."""
    return in_brackets(str(standing)) if standing else ""


def citation_line(citation: Citation) -> str:
    """A citation as an official text prints it: 《…》（文号）（已废止：…）二、…（第3页）：“…”"""
    number = in_brackets(citation.document_number or "")
    page = in_brackets(page_words(citation))
    quote = _BREAKS.sub("", citation.quote.strip())
    number += standing_words(citation.standing)
    return f"《{citation.title}》{number}{place_of(citation)}{page}：“{quote}”"


def searched_in(answer: Answer) -> str:
    """Where the answer was looked for: 宁武县，1 份文件（宁武县…方案）; empty where nothing was."""
    searches = answer.why.searches
    widest = next((search for search in searches if not search.regions), None)
    counted = (widest,) if widest else searches
    documents = list(dict.fromkeys(name for search in counted for name in search.documents))
    count = max(sum(search.document_count for search in counted), len(documents)) if counted else 0
    if not count:
        return ""
    regions = dict.fromkeys(region for search in counted for region in search.regions)
    names = [PurePosixPath(name).stem for name in documents[:DOCUMENTS_NAMED]]
    named = "、".join(names) + ("等" if count > len(names) else "")
    return f"{'、'.join(regions) or EVERY_REGION}，{count} 份文件{in_brackets(named)}"
