"""The command line of questions: ``python -m qa search|ask|chat|ledger|batch|judge|evaluate``.

Exit codes: 0 done, also where the documents do not say; 2 a mistake of the caller, an index that cannot be
used, or lines of a file that could not be; 3 an error of the program itself; 130 stopped by Ctrl-C.  Answers
go to stdout, everything else to stderr.  Where there is no index, one is built from ``documents``.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.commands.interrupts import end_quietly

if __name__ == "__main__":  # before anything is imported that takes a while
    end_quietly()

from index.commands.endings import MISTAKE, run
from index.commands.options import command_parser, index_option, named, named_path
from index.commands.telling import as_json, progress_bar, say
from index.errors import QuestionError
from qa.commands.evaluate import add_options
from qa.commands.opening import live_or_built

if TYPE_CHECKING:
    from qa.files.question_lines import Fault
    from qa.records import Answer
    from qa.search.rerank import Reranker

TOP_K = 10
LLM_HELP = "let a language model write the answer: a TOML file with url, model, key; or env"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    return run(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = command_parser(
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
    search.add_argument("--judged", action="store_true", help="the judge reads the best: slower, better")
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

    judge = commands.add_parser("judge", help="judge a file of questions and texts, pair by pair")
    judge.add_argument("pairs", type=named_path, metavar="PAIRS.jsonl")
    judge.add_argument("--out", type=named_path, required=True, metavar="JUDGED.jsonl")
    judge.set_defaults(run=_judge)

    evaluate = commands.add_parser(
        "evaluate", parents=[shared, reranker, json_too], help="measure the answers to questions of your own"
    )
    evaluate.add_argument("questions", type=named_path, metavar="QUESTIONS.jsonl")
    add_options(evaluate)
    evaluate.set_defaults(run=_evaluate)
    return parser


def _positive(words: str) -> int:
    number = int(words) if words.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{words!r} is no number from 1 on")
    return number


def _search(options: argparse.Namespace) -> int:
    from qa.api.ask import search  # noqa: PLC0415 - each command imports what it needs

    question = _text(options.question)
    reranker, index = _reranker(options), live_or_built(options.index).current()
    hits = search(
        question,
        top_k=options.top_k,
        regions=options.region,
        documents=options.document,
        index=index,
        reranker=reranker,
        judged=options.judged,
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

        return ask_model(options, question, narrowed, live_or_built, _reranker(options))
    reranker = _reranker(options)
    answer = ask(question, **narrowed, index=live_or_built(options.index).current(), reranker=reranker)
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
    reranker, live = _reranker(options), live_or_built(options.index)
    if isinstance(sys.stdin, io.TextIOWrapper):  # bytes that are not text are refused by _text, one by one
        sys.stdin.reconfigure(errors="surrogateescape")

    def answered(question: str, history: Sequence[str]) -> Answer:
        if settings:
            given = {"history": history, "index": live.current(), "reranker": reranker}
            return write_whole(_text(question), settings, **given).answer
        return ask(_text(question), history=history, index=live.current(), reranker=reranker)

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
        index=live_or_built(options.index).current(),
    )
    out = options.csv or options.xlsx
    if out:
        from qa.ledger.files import filters_in_words, write_ledger  # noqa: PLC0415

        told = filters_in_words(
            regions=options.region or (),
            documents=options.document or (),
            agency=options.agency,
            roles=options.role or (),
            due=options.due,
            topic=options.topic,
        )
        write_ledger(out, tasks, told)
        say(f"{len(tasks)} tasks written to {out}")
    if options.json:
        from qa.api.objects import task_object  # noqa: PLC0415

        print(as_json([task_object(task) for task in tasks], sys.stdout, indent=2))
    elif not out:
        from qa.commands.terminal import shown_tasks  # noqa: PLC0415

        print(shown_tasks(tasks)) if tasks else say("ledger: no clause sets such a task.")
    return 0


def _batch(options: argparse.Namespace) -> int:
    from qa.api.batch import run_batch  # noqa: PLC0415

    given = {"top_k": options.top_k, "reranker": _reranker(options)}
    index = live_or_built(options.index).current()
    with progress_bar() as progress:
        report = run_batch(options.questions, options.out, index, **given, why=options.why, progress=progress)
    say(
        f"{report.answered} questions answered ({report.abstained} by: the documents do not say), "
        f"{len(report.faults)} lines refused; written to {options.out}"
    )
    return _refused(options, report.faults)


def _judge(options: argparse.Namespace) -> int:
    from qa.commands.judge import run_judge  # noqa: PLC0415

    return run_judge(options)


def _evaluate(options: argparse.Namespace) -> int:
    from qa.commands.evaluate import run_evaluate  # noqa: PLC0415

    return run_evaluate(options, live_or_built, _reranker(options))


def _refused(options: argparse.Namespace, faults: Sequence[Fault]) -> int:
    for fault in faults:
        say(f"{options.command}: {options.questions}, {fault}")
    return MISTAKE if faults else 0


def _reranker(options: argparse.Namespace) -> Reranker | None:
    """The reranker that a command names, loaded."""
    if not options.reranker:
        return None
    from qa.search.rerank import load_reranker  # noqa: PLC0415

    return load_reranker(options.reranker)


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
