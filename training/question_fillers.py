"""What stands in the slots of phrasings: subjects, places, bodies, years, documents, labels, quotations.

The given fillers, and others from the training questions, the headings of their documents, jieba's place
names and the list of agencies, so that the frames are learnt and not the fillers.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from index.language.dictionary import dictionary
from index.language.folding import compatible, single_blanks
from index.language.tokens import simplified

ROOT = Path(__file__).resolve().parents[1]
SLOT = {"T": "S", "V": "S", "R": "P", "A": "B", "Y": "Y", "N": "N", "D": "D", "L": "L", "Q": "Q"}
"""The tag that a slot's words have."""
_HEADING = re.compile(
    r"^\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*([\u4e00-\u9fff]{4,16})[。\n]", re.M
)
# Topics that end in what is asked of them (期限, 文号): the frames say that themselves.
_ASPECT = re.compile(
    r"(?:期限|时限|时间|日期|文号|条件|标准|比例|占比|数量|金额|条数|单位|部门|主体|机关|流程|程序|责任|目标|指标"
    r"|内容|范围|对象|要求|措施|情形|名单|电话|多久|多少|处罚|罚款|定义|含义|依据|原则|方式"
    r"|办法|数|年限|频次|人数|投资|总额)$"
)


class Fillers:
    """What stands in the slots: the given fillers, and more of each from elsewhere."""

    def __init__(
        self, reading: Path, shared: Path, written: Sequence[dict[str, Any]], chance: random.Random
    ) -> None:
        self._chance = chance
        self._given: dict[str, list[dict[str, Any]]] = {}
        for one in read(reading / "fillers.jsonl"):
            self._given.setdefault(one["slot"], []).append(one)
        wrappers = read(reading / "wrappers.jsonl")
        self._before = [one for one in wrappers if one["place"] == "before"]
        self._after = [one for one in wrappers if one["place"] == "after"]
        topics = {word for one in written for word in [one["topic"]] if is_subject(word)}
        self._topics = sorted(topics)
        self._headings = sorted(_headings(shared, written))
        self._places = _places()
        self._bodies = _bodies()
        self._titles = sorted(_titles(shared, written))

    def of(self, slot: str, fits: Sequence[str] | None, english: bool) -> tuple[str, str]:
        """A filler's words and tag."""
        given = [one for one in self._given[slot] if not fits or one.get("type") in fits]
        drawn = self._chance.random()
        if english:
            named = [one for one in given if one.get("en")]
            if named and drawn < 0.8:
                return self._chance.choice(named)["en"], SLOT[slot]
        elif words := self._from_elsewhere(slot, fits, drawn):
            return words, "T" if slot == "D" else SLOT[slot]
        chosen = self._chance.choice(given)
        words = (
            chosen["everyday"] if slot == "T" and chosen.get("everyday") and drawn > 0.9 else chosen["text"]
        )
        if slot == "D" and words.startswith("《"):
            return words, "T"
        return words, SLOT[slot]

    def _from_elsewhere(self, slot: str, fits: Sequence[str] | None, drawn: float) -> str | None:
        """Words that no list of fillers gives; None where the given ones are to be taken."""
        choice: Callable[[Sequence[str]], str] = self._chance.choice
        if slot == "T" and drawn < 0.55:
            return choice(self._topics)
        if (
            slot in "TV"
            and drawn < (0.75 if slot == "T" else 0.3)
            and (not fits or {"work", "gov"} & set(fits))
        ):
            return choice(self._headings)
        if slot == "D" and drawn < 0.35:
            title = choice(self._titles)
            return f"《{title}》" if drawn < 0.2 else title
        made: dict[str, tuple[float, Callable[[], str]]] = {
            "R": (0.7, lambda: choice(self._places)),
            "A": (0.6, self._body),
            "Y": (0.6, self._year),
            "L": (0.5, self._label),
        }
        share, make = made.get(slot, (0.0, str))
        return make() if drawn < share else None

    def opening(self) -> str:
        """Words before a question that only open it."""
        return str(self._chance.choice(self._before)["text"])

    def closing(self) -> str:
        """Words behind a question that only close it."""
        return str(self._chance.choice(self._after)["text"])

    def _body(self) -> str:
        body = self._chance.choice(self._bodies)
        level = self._chance.choice(["", "", "县", "市", "区", "省", "旗"])
        return body if body[0] in "县市区省旗" else level + body

    def _label(self) -> str:
        numeral = self._chance.choice("一二三四五六七八九十") + self._chance.choice(["", "", "十", "十三"])
        return f"第{numeral}{self._chance.choice(['条', '章', '部分', '款', '节'])}"

    def _year(self) -> str:
        year = self._chance.randint(2015, 2040)
        form = self._chance.choice(["{}年", "{}年", "{}", "到{}年", "{}年底", "{}年前", "{}年末"])
        return str(form.format(year))


def is_subject(words: str) -> bool:
    """False for words that hold what is asked of a subject."""
    return 2 <= len(words) <= 18 and not re.search(r"\s", words) and not _ASPECT.search(words)


def _texts(shared: Path, written: Sequence[dict[str, Any]]) -> Iterator[Path]:
    """The documents of the training questions, of plans, notices and laws."""
    folders = [
        shared / "eval/plans/documents",
        shared / "eval/gov_notices/documents",
        shared / "train/regulations",
    ]
    for name in sorted({one["file"] for one in written if one.get("file")}):
        yield from (folder / name for folder in folders if (folder / name).is_file())


def _headings(shared: Path, written: Sequence[dict[str, Any]]) -> set[str]:
    found: set[str] = set()
    for path in _texts(shared, written):
        found.update(_HEADING.findall(path.read_text("utf-8", errors="ignore")))
    return found


def _titles(shared: Path, written: Sequence[dict[str, Any]]) -> set[str]:
    found: set[str] = set()
    for path in _texts(shared, written):
        text = path.read_text("utf-8", errors="ignore")
        found.update(re.findall(r"《([\u4e00-\u9fff]{6,26})》", text)[:5])
    return found


def _places() -> list[str]:
    """Counties and cities of jieba's dictionary, in full and short."""
    read = dictionary()
    names = [w for w, t in read.tags.items() if t == "ns" and 2 < len(w) < 6 and w[-1] in "县市区旗州"]
    short = [name[:-1] for name in names if len(name) == 3 and name[-1] in "县市"]
    return [*names, *short]


def _bodies() -> list[str]:
    """Functions with an ending (发展改革委, 发改局), and the bodies that have their own names."""
    text = (ROOT / "index" / "language" / "agency_names.txt").read_text("utf-8")
    found, functions = [], False
    for line in text.splitlines():
        if line.startswith("["):
            functions = line == "[functions]"
        elif not line.startswith("#"):
            for word in line.split():
                found += [word + ending for ending in ("局", "局", "委", "部门")] if functions else [word] * 2
    return [word for word in found if len(word) > 1]


def read(path: Path) -> list[dict[str, Any]]:
    """The file's lines, every string folded as the product folds a question."""
    return [_folded(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        edges = len(value) - len(value.lstrip(" ")), len(value) - len(value.rstrip(" "))
        return (
            " " * min(edges[0], 1)
            + single_blanks(simplified(compatible(value))).strip()
            + " " * min(edges[1], 1)
        )
    if isinstance(value, list):
        return [_folded(one) for one in value]
    if isinstance(value, dict):
        return {key: _folded(one) if key != "file" else one for key, one in value.items()}
    return value
