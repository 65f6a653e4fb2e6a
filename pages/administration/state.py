"""The state of the library: what it holds, what it was made with, whether all of it was read."""

from __future__ import annotations

from html import escape
from importlib.metadata import PackageNotFoundError, version

from index.build.uploads import Folders
from index.check.stats import stats
from index.search.index import Index
from pages.administration.parts import facts, question, section, size_of
from pages.administration.view import Server, View, minute
from pages.administration.words import AdministrationWords, administration_words
from pages.common.markup import button, one_line


def state_section(index: Index, folders: Folders, server: Server, view: View) -> str:
    """The library and the models, with the way to the documents page and back to the version before."""
    words, seen = administration_words(view.language), stats(index)
    library = [
        (words.documents, str(seen.documents)),
        (words.clauses, str(seen.clauses)),
        (words.facts, str(seen.facts)),
        (words.read_share, f"{seen.coverage_percent:.2f}%" + _short(len(seen.shortfalls), words)),
        (words.version, words.version_made.format(number=seen.generation, made=minute(seen.made))),
        (words.older_rules, _older(seen.parsed_by_older_rules, words)),
        (words.weight, words.weights.format(index=size_of(seen.bytes), cache=size_of(seen.cache_bytes))),
        (words.folders, one_line("、".join(str(folder.resolve()) for folder in folders.all))),
        (words.whole, one_line(words.damaged) if index.warning else escape(words.undamaged)),
    ]
    models = [
        (words.encoder, f"{one_line(seen.model)}（{words.dimension.format(count=seen.dimension)}）"),
        (words.reranker, one_line(server.reranker or words.not_set)),
        (words.llm, one_line(server.llm or words.not_set)),
        (words.program, escape(_version())),
    ]
    if view.asks == "go back":
        below = question(words.ask_go_back, words.go_back, "goback", words)
    else:
        below = f"<footer>{button(words.go_back, do='ask', of='', asks='go back')}</footer>"
    link = f'<p class="tw-admin-lead"><a href="../documents/">{escape(words.to_documents)}</a></p>'
    return (
        section(words.library, words.library_lead, facts(library) + link)
        + section(words.models, words.models_lead, facts(models))
        + section(words.version_before, words.version_before_lead, below)
    )


def _short(count: int, words: AdministrationWords) -> str:
    return f'<b class="tw-admin-bad">{escape(words.shortfalls.format(count=count))}</b>' if count else ""


def _older(count: int, words: AdministrationWords) -> str:
    return escape(words.older_rules_some.format(count=count) if count else words.older_rules_none)


def _version() -> str:
    try:
        return version("tiaowen")
    except PackageNotFoundError:  # run from its folder, never installed
        return "—"
