"""Labelled questions for the question reader: phrasings filled by script, written questions, annotated ones.

    python -m training.question_lines --shared ../shared --out lines.jsonl [--fills 14]

A line: ``text`` and the question ``before`` it ("" without one); ``kind`` or None, ``parts``, ``fields`` and
``flags`` that hold, as `qa.question.reader` has them; ``unknown``, the labels of these three that
are not told; ``spans`` [start, end, tag], characters of the text; ``tagged``, whether what no span covers is
known to be outside (`O`) or is not told.  Lines of a phrasing kept apart have ``apart`` true.

Left out: token numbers (`train_question_reader`).
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from qa.question.reader import FIELDS, FLAGS, PARTS
from training.question_fillers import ROOT, Fillers, is_subject, read
from training.question_labels import KIND_OF, Line, label, told_by_words

SEED = 20261130
OWN = ROOT / "training" / "data" / "question_readings.jsonl"
APART = 10
"""One phrasing in so many is kept apart, and one annotated question."""
FILLS = 6
OWN_FILLS = 9
WRAPPED = 0.4, 0.25
"""Chances of an opening before and a closing behind."""
WITH_BEFORE = 0.25
"""Chance that a whole question has a question before it, from which it takes nothing."""
# Politeness within a phrasing, which is then outside what it asks: 您好，请问…，谢谢.
_OPENS = re.compile(
    r"^(?:(?:尊敬的[^，。：]{2,6}|您好|你好|请问|请教|麻烦|打扰|不好意思|劳驾|烦请|拜托|想请?问|能否|能不能"
    r"|可否|求|喂|嗯|呃|哎|那个|就是|问一?下|我?想(?:知道|了解|咨询)|帮我?|帮忙|告诉我|查|找|看|一下|下)+[，,。：:！!\s]*)+"
)
_CLOSES = re.compile(r"[，,。！!\s]*(?:谢谢|多谢|感谢|麻烦|辛苦|拜托|感激|盼复|期待回复)[^，,]{0,6}[。！!]*$")
_UNIT = re.compile(
    r"(?:多少|几)(平方公里|平方米|立方米|公里|万亩|亩|户|人次|人|名|套|吨|辆|床|张|千瓦|兆瓦|学位|托位"
    r"|[个所座处家条栋台块支项类种片](?!小时|月|星期|工作日|百分点|[百千万亿]))|(百分之)(?:几|多少)"
)
_YEAR = re.compile(r"(?:20\d\d|[二二][〇零一二三四五六七八九]{3})年?")


def main() -> None:
    """Writes the lines and prints how many there are of each source."""
    parser = argparse.ArgumentParser(description="Labelled questions for the question reader.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fills", type=int, default=FILLS)
    parser.add_argument("--rare", type=float, default=1.0, help="share kept of lines that teach rare labels")
    parser.add_argument("--usual", type=float, default=1.0, help="share kept of the others")
    options = parser.parse_args()
    chance = random.Random(SEED)
    lines = [
        line
        for line in all_lines(options.shared, options.fills)
        if chance.random() < (options.rare if _is_rare(line) else options.usual)
    ]
    with options.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in lines)
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.source] = counts.get(line.source, 0) + 1
    print(json.dumps(counts))


def _is_rare(line: Line) -> bool:
    """True for annotated questions, and for phrasings of a kind or with a label that few have."""
    kinds = {"same", "document", "due", "tasks"}
    few = line.flags or line.fields or len(line.parts) > 1 or line.kind in kinds
    return line.source == "own" or (line.source == "phrasing" and bool(few))


def all_lines(shared: Path, fills: int = FILLS) -> Iterator[Line]:
    """Phrasings filled ``fills`` times each, written training questions, and the project's annotated ones."""
    chance = random.Random(SEED)
    reading = shared / "train" / "reading"
    written = [one for path in _question_files(reading) for one in read(path)]
    slots = Fillers(reading, shared, written, chance)
    phrasings = read(reading / "phrasings.jsonl")
    wholes = [one for one in phrasings if "inherits" not in one]
    for phrasing in phrasings:
        for _ in range(fills):
            yield _filled(phrasing, wholes, slots, chance)
    for one in written:
        yield from _written(one, wholes, slots, chance)
    for number, one in enumerate(read(OWN)):
        for _ in range(OWN_FILLS):
            yield replace(_annotated(one, wholes, slots, chance), apart=number % APART == 0)


def _filled(
    phrasing: dict[str, Any], wholes: Sequence[dict[str, Any]], slots: Fillers, chance: random.Random
) -> Line:
    line = _bare(phrasing, slots, chance)
    follows = "inherits" in phrasing
    if follows or chance.random() < WITH_BEFORE:
        line.before = _bare(chance.choice(wholes), slots, chance).text
    label(line, phrasing)
    if line.kind != "nothing":
        _wrap(line, slots, chance, follows)
    return line


def _bare(phrasing: dict[str, Any], slots: Fillers, chance: random.Random) -> Line:
    """The pattern with its slots filled; frames' units and counts tagged."""
    line = Line("", source="phrasing", apart=int(phrasing["id"][3:]) % APART == 0)
    english = phrasing["register"] == "english"
    for piece in re.split(r"(\[[A-Z]2?\])", phrasing["pattern"]):
        if re.fullmatch(r"\[[A-Z]2?\]", piece):
            slot = piece[1]
            words, tag = slots.of(slot, phrasing.get("fits", {}).get(slot), english)
            if tag == "B" and phrasing["kind"] == "yesno":
                tag = "X"
            line.spans.append((len(line.text), len(line.text) + len(words), tag))
            line.text += words
        else:
            line.text += piece
    _tag_frame(line)
    return line


def _tag_frame(line: Line) -> None:
    """Units that the frame asks for, and its politeness, outside every filler."""
    for pattern, tag in ((_UNIT, "U"), (_OPENS, "W"), (_CLOSES, "W")):
        for match in pattern.finditer(line.text):
            start, end = match.span((match.lastindex or 0) if tag == "U" else 0)
            if start < end and not any(a < end and start < b for a, b, _ in line.spans):
                line.spans.append((start, end, tag))


def _wrap(line: Line, slots: Fillers, chance: random.Random, follows: bool) -> None:
    """Openings and closings, and the mark at the end: all outside."""
    opening, closing = (share / 3 if follows else share for share in WRAPPED)
    if chance.random() < opening:
        words = slots.opening()
        line.text = words + line.text
        line.spans = [(a + len(words), b + len(words), tag) for a, b, tag in line.spans]
        line.spans.append((0, len(words), "W"))
    if chance.random() < closing:
        words = slots.closing()
        line.spans.append((len(line.text), len(line.text) + len(words), "W"))
        line.text += words
    elif chance.random() < 0.4:
        line.text += chance.choice("？？?。")


def _written(
    one: dict[str, Any], wholes: Sequence[dict[str, Any]], slots: Fillers, chance: random.Random
) -> Iterator[Line]:
    """The wordings of a written question: its kind where it maps, the subject's words in the first."""
    before = one["history"][-1] if one.get("history") else ""
    kind = KIND_OF.get(one["kind"])
    fields: list[str] = []
    if one["kind"] == "metadata":
        named = {"文号": "number", "印发日": "date", "落款": "date", "发布日": "date"}
        fields = [name for word, name in named.items() if word in one["topic"] + one["variants"][0]]
        kind = "document" if fields else None
    if kind is None and not before:
        return  # an unanswerable or comparing question: its kind is not told
    for at, text in enumerate(one["variants"]):
        line = Line(text, before, kind, fields=list(fields), tagged=False, source="written")
        line.parts = [kind] if kind in PARTS else []
        line.unknown = [
            *(p for p in PARTS if p not in line.parts),
            *(f for f in FLAGS if not f.startswith("takes")),
        ]
        if one["kind"] == "metadata":
            line.unknown += [name for name in FIELDS if name not in fields]
        if one["kind"] == "yesno":
            line.flags.append("yes_no")
        if before:
            line.flags += ["takes"]
            line.unknown += ["takes_region", "takes_topic"]
        elif chance.random() < WITH_BEFORE:
            line.before = _bare(chance.choice(wholes), slots, chance).text
        if at == 0:
            line.spans = [(m.start(), m.end(), "S") for m in _found(one["topic"], text)]
            line.spans += [
                (m.start(), m.end(), "Y")
                for m in _YEAR.finditer(text)
                if not any(a < m.end() and m.start() < b for a, b, _ in line.spans)
            ]
        yield line


def _annotated(
    one: dict[str, Any], wholes: Sequence[dict[str, Any]], slots: Fillers, chance: random.Random
) -> Line:
    """A line of `OWN`: words in 【S…】 are tagged, [T] and the like are slots."""
    follows = "takes" in one.get("flags", ())
    line = Line("", kind=one["kind"], source="own", apart=False)
    supposed = "yes_no" in one.get("flags", ())
    line.text, line.spans = _marked(one["text"], slots, supposed=supposed)
    _tag_frame(line)
    line.parts = list(one["parts"]) if "parts" in one else ([line.kind] if line.kind in PARTS else [])
    line.fields, line.flags = list(one.get("fields", ())), list(one.get("flags", ()))
    frame = re.sub(r"【[A-Z][^】]*】|\[[A-Z]2?\]", " ", one["text"])
    line.flags += [flag for flag in told_by_words(line.kind, "", frame) if flag not in line.flags]
    line.unknown = list(one.get("unknown", ()))
    if one.get("before"):
        line.before = _marked(one["before"], slots)[0]
    elif follows or chance.random() < WITH_BEFORE:
        line.before = _bare(chance.choice(wholes), slots, chance).text
    if line.kind != "nothing" and chance.random() < 0.5:
        _wrap(line, slots, chance, follows)
    return line


def _marked(
    pattern: str, slots: Fillers, *, supposed: bool = False, within: str = ""
) -> tuple[str, list[tuple[int, int, str]]]:
    """A pattern's text with its slots filled, and where its marked words and fillers stand.

    A slot in a mark takes the mark's tag: 【T《[T]条例》】 is one title.
    """
    text, spans = "", []
    for piece in re.split(r"(【[A-Z][^】]*】|\[[A-Z]2?\])", pattern):
        if piece.startswith("【"):
            words, tag = _marked(piece[2:-1], slots, within=piece[1])[0], piece[1]
        elif re.fullmatch(r"\[[A-Z]2?\]", piece):
            words, tag = slots.of(piece[1], None, False)
            tag = within or ("X" if piece[1] == "A" and supposed else tag)
        else:
            text += piece
            continue
        spans.append((len(text), len(text) + len(words), tag))
        text += words
    return text, spans


def _found(topic: str, text: str) -> Iterator[re.Match[str]]:
    """The topic's runs of words where they stand in the text."""
    for words in topic.split():
        if is_subject(words) and (match := re.search(re.escape(words), text)):
            yield match


def _question_files(reading: Path) -> list[Path]:
    shared = sorted(path for name in ("plans", "notices", "laws") for path in reading.glob(f"{name}*.jsonl"))
    return [*shared, *sorted((ROOT / "training" / "data").glob("questions_*.jsonl"))]


if __name__ == "__main__":
    main()
