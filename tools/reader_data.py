"""Question, text and span triples to train the reader on.

Three sources, all openly licensed: CMRC 2018 (CC BY-SA 4.0) and DRCD (CC BY-SA 3.0, turned into simplified
characters), both question → span over a paragraph, and questions made from the sentences of laws and
regulations (public domain).  The makers below turn a sentence's own form into a question, so that the reader
also sees the genre and spans as long as a policy's answers.  Nothing of the development questions is used.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC

CMRC = ("cmrc2018_dev.json", "cmrc2018_trial.json")
DRCD = ("drcd_dev.json", "drcd_test.json")
MOST_OF_A_KIND = 1000
"""Questions kept of each form of sentence, so that no form outweighs the others."""
ABSENT_SHARE = 0.35
"""For each question, how often another stretch is added in which the answer does not stand."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question over a text; the answer is ``text[start:end]``, or absent where both are -1.

    ``title`` is that of the article, as written in the file; the reader does not see it.
    """

    question: str
    text: str
    start: int
    end: int
    title: str = ""


def read_examples(folder: Path, seed: int) -> list[Example]:
    """All training examples of the folder's files, shuffled."""
    chance = random.Random(seed)
    found = [e for name in CMRC for e in of_file(folder / name, None)]
    traditional = OpenCC("t2s")
    found += [e for name in DRCD for e in of_file(folder / name, traditional)]
    found += _of_laws(sorted((folder / "regulations").glob("*.md")), chance)
    chance.shuffle(found)
    return found


def of_file(path: Path, traditional: OpenCC | None) -> Iterator[Example]:
    """The questions of a file in SQuAD's form, turned into simplified characters by ``traditional``."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            if traditional:
                converted = traditional.convert(text)
                if len(converted) != len(text):
                    continue  # offsets would no longer hold
                text = converted
            for asked in paragraph["qas"]:
                answer = asked["answers"][0]
                start = answer["answer_start"]
                end = start + len(answer["text"])
                question = traditional.convert(asked["question"]) if traditional else asked["question"]
                if 0 <= start < end <= len(text):
                    yield Example(question, text, start, end, article.get("title", ""))


_THIS = r"本(?:法|条例|办法|规定|细则|决定)"
_BODY = r"[^。；，：\n、]{2,28}(?:部门|机构|机关|政府|单位|委员会)"
_NUMBER = r"(?:\d+|[一二三四五六七八九十百]+)"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of sentence: a pattern with the group ``a`` (the answer), and questions over its groups."""

    pattern: re.Pattern[str]
    questions: tuple[str, ...]


FORMS = (
    Form(  # 本条例所称物业,是指已建成并交付使用的住宅…。
        re.compile(rf"(?:{_THIS})?所称的?(?P<x>[^，。；\n]{{2,20}})，是?指(?P<a>[^。；\n]{{6,160}})"),
        ("什么是{x}？", "{x}是指什么？", "{x}指的是什么", "怎样才算{x}？"),
    ),
    Form(  # 未取得…从事…的，由市场监管部门责令改正，并处…罚款。
        re.compile(rf"(?P<x>[^。；，\n]{{6,50}})的，由(?P<b>{_BODY})(?P<a>[^。；\n]{{6,110}})"),
        ("{x}的，如何处罚？", "{x}会受到什么处罚？", "对{x}的怎么处理？"),
    ),
    Form(
        re.compile(rf"(?P<x>[^。；，\n]{{6,50}})的，由(?P<a>{_BODY})(?=责令|给予|予以|处|依法|按照)"),
        ("{x}的，由谁处理？", "{x}由哪个部门处罚？", "谁来处理{x}？"),
    ),
    Form(  # 并处一万元以上五万元以下罚款
        re.compile(
            r"(?P<x>[^。；，\n]{6,50})的，[^。；\n]{2,60}?"
            r"处(?:以)?(?P<a>[^。；，\n]{2,24}元以上[^。；，\n]{1,14}元以下)的?罚款"
        ),
        ("{x}的罚多少钱？", "{x}要罚款多少？", "{x}的罚款是多少元？"),
    ),
    Form(  # 用人单位应当自用工之日起三十日内…
        re.compile(
            rf"(?P<x>[^。；，\n]{{2,24}})应当(?P<a>(?:自|在|于)[^。；，\n]{{2,40}}?{_NUMBER}个?(?:工作)?(?:日|月|年)(?:以?内|前))"
            r"，?(?P<y>[^。；，\n]{4,40})"
        ),
        ("{x}应当在多长时间内{y}？", "{x}什么时候{y}？", "{x}{y}的期限是多久？"),
    ),
    Form(  # 自2019年1月1日起施行
        re.compile(rf"(?P<x>{_THIS})自(?P<a>\d{{4}}年\d+月\d+日)起(?:施行|实施|生效)"),
        ("{x}什么时候施行？", "{x}从哪天开始实施？", "{x}何时生效？"),
    ),
    Form(  # 市科学技术行政部门负责本市科学技术进步工作的综合管理
        re.compile(rf"(?P<a>{_BODY})(?:负责|主管)(?P<x>[^。；，\n]{{4,40}})"),
        ("谁负责{x}？", "{x}由哪个部门负责？", "{x}归谁管？", "{x}的主管部门是哪个"),
    ),
    Form(  # 申请…应当具备下列条件：（一）…
        re.compile(
            r"(?P<x>[^。；，：\n]{4,40})，?(?:应当|需要|必须)?(?:具备|符合|满足)(?:下列|以下)(?P<k>条件|要求)[：:]\s*"
            r"(?P<a>（一）[^。]{10,230})"
        ),
        ("{x}应当具备哪些{k}？", "{x}需要满足什么{k}？", "{x}有哪些{k}？"),
    ),
    Form(  # 有下列情形之一的，不予…：（一）…
        re.compile(
            r"(?P<x>[^。；，：\n]{4,40})(?:包括|主要有|履行|享有)(?:下列|以下)(?P<k>内容|职责|权利|事项|义务)[：:]\s*"
            r"(?P<a>（一）[^。]{10,230})"
        ),
        ("{x}有哪些{k}？", "{x}的{k}是什么？", "{x}包括什么{k}？"),
    ),
    Form(  # 经营者应当…
        re.compile(r"(?P<x>[^。；，、：\n]{3,30})(?P<a>应当[^。；\n]{10,110})"),
        ("{x}应当怎么做？", "对{x}有什么要求？", "{x}应当做什么？", "{x}如何做？"),
    ),
    Form(  # 县级以上人民政府可以通过…支持…
        re.compile(r"(?P<x>[^。；，、：\n]{3,30})可以(?P<a>[^。；\n]{8,90})"),
        ("{x}可以采取哪些措施？", "{x}可以怎么做？", "{x}可以做什么？"),
    ),
    Form(  # 通过…等方式，加强…
        re.compile(r"(?P<x>[^。；，、：\n]{3,28})(?:应当)?通过(?P<a>[^。；，\n]{4,50})等(?:方式|形式|途径)"),
        ("{x}通过哪些方式？", "{x}采取什么形式？", "{x}通过什么途径"),
    ),
    Form(  # 不得少于…
        re.compile(
            rf"(?P<x>[^。；，\n]{{5,30}})不得(?P<a>(?:少于|低于|超过|高于|大于|小于|早于){_NUMBER}[^。；，\n]{{1,12}})"
        ),
        ("{x}是多少？", "{x}有什么限制？", "{x}最多或最少多少？"),
    ),
)


_LABEL = re.compile(r"(?:第[一二三四五六七八九十百]+条|（[一二三四五六七八九十]+）)?[\s\u3000]*")
_VAGUE = re.compile(r"下列|前款|上述|情形之一")
_NO_ANSWER = re.compile(r"^(?:应当取得|向|经|由)|^$|下列")


def _of_laws(paths: list[Path], chance: random.Random) -> list[Example]:
    """Questions made from laws, at most MOST_OF_A_KIND of a form; a text is the article with neighbours."""
    kinds: list[list[Example]] = [[] for _ in FORMS]
    for path in paths:
        text = path.read_text(encoding="utf-8").split("INFO END -->")[-1].strip()
        paragraphs = [p for p in re.split(r"\n\s*\n|\n(?=第[一二三四五六七八九十百]+条)", text) if p.strip()]
        for place, paragraph in enumerate(paragraphs):
            if paragraph.startswith("#"):
                continue
            around = "\n".join(p for p in paragraphs[max(0, place - 2) : place + 3] if not p.startswith("#"))
            for made, form in zip(kinds, FORMS, strict=True):
                made.extend(questions_of(form, paragraph, around, chance))
    return [e for kind in kinds for e in chance.sample(kind, min(MOST_OF_A_KIND, len(kind)))]


def questions_of(form: Form, paragraph: str, around: str, chance: random.Random) -> Iterator[Example]:
    """The questions that a form makes of a paragraph; ``around`` is the text with it that is to be read."""
    at = around.find(paragraph)
    for found in form.pattern.finditer(paragraph):
        subject = _LABEL.sub("", found["x"])
        if len(subject) < 2 or around.count(subject) > 2 or _VAGUE.search(subject):
            continue  # what is asked about must be told apart from its neighbours
        label = _LABEL.match(found["a"])
        answer = found["a"][label.end() :] if label else found["a"]
        if _NO_ANSWER.search(answer) or answer.count("（") != answer.count("）"):
            continue
        groups = {**found.groupdict(), "x": subject}
        end = at + found.end("a")
        yield Example(chance.choice(form.questions).format(**groups), around, end - len(answer), end)
