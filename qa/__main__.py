"""The command line of questions: ``python -m qa search|ask|chat|ledger|batch|evaluate|mcp``.

Exit codes: 0 done, also where the documents do not say; 2 a mistake of the caller, an index that cannot be
used, or lines of a file that could not be.  Answers go to stdout, everything else to stderr.  Where there is
no index, one is built from ``documents``.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.commands.shared import (
    MISTAKE,
    as_json,
    index_option,
    named,
    named_path,
    progress_bar,
    run,
    say,
    say_shortfalls,
    say_skipped,
)
from index.errors import QuestionError
from index.settings import DEFAULT_DOCUMENTS
from qa.commands.evaluate import add_options
from web.mcp.__main__ import add_mcp

if TYPE_CHECKING:
    from index.build.build import BuildReport
    from index.reranker import Reranker
    from index.search.live import LiveIndex
    from qa.files.question_lines import Fault
    from qa.records import Answer

TOP_K = 10
LLM_HELP = "let a language model write the answer: a TOML file with url, model, key; or env"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    return run(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qa", description="Ask policy documents; get the clauses themselves, quoted and cited."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = index_option()
    top_k = argparse.ArgumentParser(add_help=False)
    top_k.add_argument(
        "--top-k", type=_positive, default=TOP_K, metavar="N", help="clauses at most (default: %(default)s)"
    )
    reranker = argparse.ArgumentParser(add_help=False)
    reranker.add_argument(
        "--reranker",
        type=named,
        metavar="M",
        help="put the best clauses in the order of this cross-encoder",
    )
    json_too = argparse.ArgumentParser(add_help=False)
    json_too.add_argument("--json", action="store_true", help="as JSON; docs/schemas says what is in it")

    search = commands.add_parser(
        "search", parents=[shared, top_k, reranker, json_too], help="the clauses that match"
    )
    search.add_argument("question", metavar="QUESTION")
    search.add_argument("--region", action="append", metavar="R", help="only of this region; may be repeated")
    search.add_argument("--document", action="append", metavar="D", help="only of this file; may be repeated")
    search.set_defaults(run=_search)

    ask = commands.add_parser(
        "ask", parents=[shared, reranker, json_too], help="the answer with its citations"
    )
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--region", action="append", metavar="R", help="only of this region; may be repeated")
    ask.add_argument("--document", action="append", metavar="D", help="only of this file; may be repeated")
    ask.add_argument("--llm", type=named, metavar="SETTINGS", help=LLM_HELP)
    ask.add_argument("--why", action="store_true", help="also how the answer came about: scores and tests")
    ask.set_defaults(run=_ask)

    chat = commands.add_parser(
        "chat", parents=[shared, reranker], help="a conversation; an empty line ends it"
    )
    chat.add_argument("--llm", type=named, metavar="SETTINGS", help=LLM_HELP)
    chat.set_defaults(run=_chat)

    ledger = commands.add_parser("ledger", parents=[shared, json_too], help="every clause that sets a task")
    ledger.add_argument("--region", action="append", metavar="R", help="only of this region; may be repeated")
    ledger.add_argument("--document", action="append", metavar="D", help="only of this file; may be repeated")
    ledger.add_argument("--agency", metavar="BODY", help="only where this body is charged (县住建局)")
    ledger.add_argument("--role", action="append", metavar="ROLE", help="charged as 牵头, 首列, 责任 or 配合")
    ledger.add_argument("--due", metavar="YEARS", help="with a deadline in 2025, 2025年前 or 2024-2026")
    ledger.add_argument("--topic", metavar="WORDS", help="on this topic (老旧小区改造)")
    files = ledger.add_mutually_exclusive_group()
    files.add_argument("--csv", type=named_path, metavar="FILE", help="write the rows to this file")
    files.add_argument("--xlsx", type=named_path, metavar="FILE", help="write them as a workbook")
    ledger.set_defaults(run=_ledger)

    batch = commands.add_parser("batch", parents=[shared, top_k, reranker], help="answer a file of questions")
    batch.add_argument("questions", type=named_path, metavar="QUESTIONS.jsonl")
    batch.add_argument("--out", type=named_path, required=True, metavar="ANSWERS.jsonl")
    batch.add_argument("--why", action="store_true", help="with each answer how it came about")
    batch.set_defaults(run=_batch)

    evaluate = commands.add_parser(
        "evaluate", parents=[shared, reranker, json_too], help="measure the answers to questions of your own"
    )
    evaluate.add_argument("questions", type=named_path, metavar="QUESTIONS.jsonl")
    add_options(evaluate)
    evaluate.set_defaults(run=_evaluate)
    add_mcp(commands, shared, _live)
    return parser


def _positive(words: str) -> int:
    number = int(words) if words.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{words!r} is no number from 1 on")
    return number


def _search(options: argparse.Namespace) -> int:
    from qa.api.ask import search  # noqa: PLC0415 - each command imports what it needs

    question = _text(options.question)
    index = _asked(options).current()
    hits = search(
        question,
        top_k=options.top_k,
        regions=options.region,
        documents=options.document,
        index=index,
    )
    if options.json:
        from qa.api.objects import hit_objects  # noqa: PLC0415

        print(as_json(hit_objects(hits), sys.stdout, indent=2))
        return 0
    from qa.commands.terminal import shown_hits  # noqa: PLC0415

    print(shown_hits(hits)) if hits else say("search: no clause matches.")
    return 0


def _ask(options: argparse.Namespace) -> int:
    from qa.api.ask import ask  # noqa: PLC0415

    question = _text(options.question)
    narrowed = {"regions": options.region or (), "documents": options.document or ()}
    if options.llm:
        from qa.commands.ask_model import ask_model  # noqa: PLC0415 - an extra

        return ask_model(options, question, narrowed, _asked)
    answer = ask(question, **narrowed, index=_asked(options).current())
    if options.json:
        from qa.api.objects import answer_object  # noqa: PLC0415

        print(as_json(answer_object(answer, why=options.why), sys.stdout, indent=2))
        return 0
    from qa.commands.terminal import shown_answer  # noqa: PLC0415

    print(shown_answer(answer))
    if options.why:
        from qa.commands.why import shown_why  # noqa: PLC0415

        print(f"\n{shown_why(answer)}")
    return 0


def _chat(options: argparse.Namespace) -> int:
    from qa.api.ask import ask  # noqa: PLC0415
    from qa.commands.terminal import converse, typed  # noqa: PLC0415

    settings = None
    if options.llm:
        from qa.llm.settings import read_settings  # noqa: PLC0415 - an extra
        from qa.llm.write import write_whole  # noqa: PLC0415

        settings = read_settings(options.llm)
    live = _asked(options)
    if isinstance(sys.stdin, io.TextIOWrapper):  # bytes that are not text are refused by _text, one by one
        sys.stdin.reconfigure(errors="surrogateescape")

    def answered(question: str, history: Sequence[str]) -> Answer:
        if settings:
            return write_whole(_text(question), settings, history=history, index=live.current()).answer
        return ask(_text(question), history=history, index=live.current())

    converse(answered, typed())
    return 0


def _ledger(options: argparse.Namespace) -> int:
    from qa.api.ask import ledger  # noqa: PLC0415
    from qa.ledger.tasks import role_named  # noqa: PLC0415

    tasks = ledger(
        regions=options.region or (),
        documents=options.document or (),
        agency=options.agency,
        roles=[role_named(name) for name in options.role or ()],
        due=options.due,
        topic=options.topic,
        index=_live(options.index).current(),
    )
    out = options.csv or options.xlsx
    if out:
        from qa.ledger.files import write_ledger  # noqa: PLC0415

        write_ledger(out, tasks, _filters(options))
        say(f"{len(tasks)} tasks written to {out}")
    if options.json:
        from qa.api.objects import task_object  # noqa: PLC0415

        print(as_json([task_object(task) for task in tasks], sys.stdout, indent=2))
    elif not out:
        from qa.commands.terminal import shown_tasks  # noqa: PLC0415

        print(shown_tasks(tasks)) if tasks else say("ledger: no clause sets such a task.")
    return 0


def _filters(options: argparse.Namespace) -> list[tuple[str, str]]:
    """The filters that were given, with their names in the workbook."""
    given = (
        ("地区", "、".join(options.region or ())),
        ("文件", "、".join(options.document or ())),
        ("单位", options.agency),
        ("角色", "、".join(options.role or ())),
        ("时限", options.due),
        ("主题", options.topic),
    )
    return [(f"筛选：{name}", value) for name, value in given if value]


def _batch(options: argparse.Namespace) -> int:
    from qa.api.batch import run_batch  # noqa: PLC0415

    index = _asked(options).current()
    with progress_bar() as progress:
        report = run_batch(
            options.questions, options.out, index, top_k=options.top_k, why=options.why, progress=progress
        )
    say(
        f"{report.answered} questions answered ({report.abstained} by: the documents do not say), "
        f"{len(report.faults)} lines refused; written to {options.out}"
    )
    return _refused(options, report.faults)


def _evaluate(options: argparse.Namespace) -> int:
    from qa.commands.evaluate import run_evaluate  # noqa: PLC0415

    return run_evaluate(options, _asked)


def _refused(options: argparse.Namespace, faults: Sequence[Fault]) -> int:
    for fault in faults:
        say(f"{options.command}: {options.questions}, {fault}")
    return MISTAKE if faults else 0


def _asked(options: argparse.Namespace) -> LiveIndex:
    """The index that a command asks, with the reranker that it names."""
    from qa.search.rerank import load_reranker  # noqa: PLC0415

    return _live(options.index, load_reranker(options.reranker) if options.reranker else None)


def _live(path: Path, reranker: Reranker | None = None) -> LiveIndex:
    """The index at the path, built with a progress bar from ``documents`` where there is none."""
    from qa.api.ask import live_index  # noqa: PLC0415

    with progress_bar() as progress:
        return live_index(path, DEFAULT_DOCUMENTS, progress, _say_built, reranker)


def _say_built(report: BuildReport) -> None:
    say_skipped(report.skipped)
    say_shortfalls(report.shortfalls)
    say(
        f"no index was there; built one of {report.documents} documents, {report.clauses} clauses, "
        f"in {report.seconds:.1f} s"
    )


def _text(question: str) -> str:
    """The question; raises QuestionError where it cannot be asked, before an index is opened or built."""
    from qa.files.question_lines import is_text  # noqa: PLC0415
    from qa.question.understand import normalised  # noqa: PLC0415

    if not is_text(question):
        raise QuestionError("The question holds bytes that are not UTF-8. Set the terminal to UTF-8.")
    normalised(question)
    return question


if __name__ == "__main__":
    sys.exit(main())
