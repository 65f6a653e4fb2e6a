"""The words of the pages: the same in both languages, each used, and none asked for that there is not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from pages.administration.words import AdministrationWords, administration_words
from pages.chat.words import WhyWords, why_words
from pages.common.words import EN, ZH, Words
from pages.compare.words import CompareWords, compare_words
from pages.documents.words import DocumentWords, NoteWords, document_words, note_words
from pages.ledger.words import LedgerWords, ledger_words
from web.mcp.words import WORDS
from web.plain_pages.words import Texts, WebWords, words_in

ROOT = Path(__file__).parents[3]
BOTH: dict[type[Texts], tuple[Texts, Texts]] = {
    Words: (ZH, EN),
    WebWords: (words_in("zh"), words_in("en")),
    LedgerWords: (ledger_words("zh"), ledger_words("en")),
    CompareWords: (compare_words("zh"), compare_words("en")),
    DocumentWords: (document_words("zh"), document_words("en")),
    NoteWords: (note_words("zh"), note_words("en")),
    WhyWords: (why_words("zh"), why_words("en")),
    AdministrationWords: (administration_words("zh"), administration_words("en")),
}
CLASSES = {kind.__name__: kind for kind in BOTH}
FUNCTIONS = {
    "words_of": Words,
    "words_in": WebWords,
    "ledger_words": LedgerWords,
    "compare_words": CompareWords,
    "document_words": DocumentWords,
    "note_words": NoteWords,
    "why_words": WhyWords,
    "administration_words": AdministrationWords,
}
PRINTED = re.compile(
    "中文|条问|《{title}》|哪个部门牵头海绵城市建设？|海绵城市|养老服务|再生水利用|本文件未作规定"
)
"""Chinese in the English words: names, and what documents or questions say."""
LATIN = re.compile(
    "Enter|Shift|Word|Markdown|Excel|OFD|PDF|Office|CSV|English|docx|pdf|UTF-8|MB|OpenAPI|JSON|zh-CN|zh|error|code|message"
)
"""What the Chinese words write in Latin letters: names of keys, formats and fields."""


def texts(words: Texts) -> Iterator[tuple[str, str]]:
    """Each text with its name; those of a table below as ``roles.lead``."""
    for name, value in vars(words).items():
        if isinstance(value, str):
            yield name, value
        else:
            yield from ((f"{name}.{key}", text) for key, text in value.items())


def places(text: str) -> list[str]:
    """What is filled in; an example in JSON is not."""
    return sorted(re.findall(r"\{\w+\}", text))


def type_of(node: ast.expr | None, names: dict[str, type[Texts]]) -> type[Texts] | None:
    """The words that an expression is: a name known to be such, or what a function of them returns."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return FUNCTIONS.get(node.func.id)
    return None


def bound(scope: ast.AST, names: dict[str, type[Texts]]) -> dict[str, type[Texts]]:
    """The names of a scope that are words: arguments by annotation, variables by what they are set to."""
    found = dict(names)
    for node in ast.walk(scope):
        if isinstance(node, ast.arg) and isinstance(node.annotation, ast.Name):
            if node.annotation.id in CLASSES:
                found[node.arg] = CLASSES[node.annotation.id]
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                pair = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                pairs = zip(target.elts, node.value.elts, strict=True) if pair else [(target, node.value)]
                for name, value in pairs:
                    if isinstance(name, ast.Name) and (kind := type_of(value, {})):
                        found[name.id] = kind
    return found


def imported(tree: ast.Module) -> dict[str, type[Texts]]:
    """``ZH`` and ``EN`` as a module imports them, under whatever name."""
    of = {kind.__module__: kind for kind in BOTH if kind is not NoteWords}
    return {
        name.asname or name.name: of[node.module]
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module in of
        for name in node.names
        if name.name in ("ZH", "EN")
    }


def scopes() -> Iterator[tuple[str, ast.AST, dict[str, type[Texts]]]]:
    """Each function of the pages and of the server with its file and the names in it that are words."""
    for path in sorted([*(ROOT / "pages").rglob("*.py"), *(ROOT / "web").rglob("*.py")]):
        tree = ast.parse(path.read_text("utf-8"))
        known = imported(tree)
        for scope in ast.walk(tree):
            if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
                yield str(path.relative_to(ROOT)), scope, bound(scope, known)


def uses() -> Iterator[tuple[str, type[Texts], str]]:
    """Each word that the code asks for: where, of which table, its name."""
    for file, scope, names in scopes():
        for node in ast.walk(scope):
            if isinstance(node, ast.Attribute) and (kind := type_of(node.value, names)):
                yield f"{file}:{node.lineno}", kind, node.attr


def filled() -> Iterator[tuple[str, str, list[str]]]:
    """Each text that is filled in at once: where, the Chinese text, what is filled in."""
    for file, scope, names in scopes():
        for node in ast.walk(scope):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "format"
            ):
                text = node.func.value
                if isinstance(text, ast.Attribute) and (kind := type_of(text.value, names)):
                    given = sorted(f"{{{keyword.arg}}}" for keyword in node.keywords)
                    yield f"{file}:{node.lineno}", getattr(BOTH[kind][0], text.attr), given


@pytest.mark.parametrize("kind", BOTH, ids=lambda kind: kind.__name__)
class TestBothLanguages:
    def test_they_have_the_same_words_with_the_same_places(self, kind: type[Texts]) -> None:
        zh, en = (dict(texts(words)) for words in BOTH[kind])
        assert list(zh) == list(en)
        assert {name: places(text) for name, text in zh.items()} == {
            name: places(text) for name, text in en.items()
        }
        assert all([*zh.values(), *en.values()])

    def test_a_table_below_names_all_that_its_keys_can_be(self, kind: type[Texts]) -> None:
        declared: dict[str, Any] = {
            name: hint for name, hint in get_type_hints(kind).items() if name != "language"
        }
        for words in BOTH[kind]:
            assert set(declared) == {name for name, value in vars(words).items() if isinstance(value, dict)}
            for name, hint in declared.items():
                if keys := get_args(get_args(hint)[0]):
                    assert set(vars(words)[name]) == set(keys)

    def test_english_has_no_chinese_but_names_and_what_documents_say(self, kind: type[Texts]) -> None:
        for name, text in texts(BOTH[kind][1]):
            rest = PRINTED.sub("", text)
            assert not re.search(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", rest), (name, text)

    def test_chinese_has_no_english_but_names(self, kind: type[Texts]) -> None:
        for name, text in texts(BOTH[kind][0]):
            rest = re.sub(r"\{\w+\}", "", text)
            words = re.findall(r"[A-Za-z][A-Za-z0-9-]*", rest)
            assert all(LATIN.fullmatch(word) for word in words), (name, text)


def test_what_the_code_asks_for_there_is() -> None:
    asked = list(uses())
    assert [use for use in asked if not hasattr(BOTH[use[1]][0], use[2])] == []
    assert {kind for _, kind, _ in asked} == set(BOTH)


def test_every_word_is_used() -> None:
    used = {(kind, name) for _, kind, name in uses()} | {(Words, "page_kinds")}  # that by its own method
    used |= {(kind, "intro") for kind in (LedgerWords, CompareWords)}  # by the frame that pages share
    there = {(kind, name) for kind, (words, _) in BOTH.items() for name in vars(words)}
    assert sorted(f"{kind.__name__}.{name}" for kind, name in there - used) == []


def test_what_the_code_fills_in_is_what_the_texts_leave_open() -> None:
    found = list(filled())
    assert len(found) > 40
    assert [one for one in found if places(one[1]) != one[2]] == []


def test_what_language_models_are_told_is_all_used() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "web" / "mcp").glob("*.py"))
    assert set(re.findall(r"\bWORDS\.(\w+)", sources)) == set(vars(WORDS))
