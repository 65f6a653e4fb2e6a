"""The application in the browser: ``python app.py [--index store] [--documents documents] [--port …] …``.

Builds the index from the documents where there is none, then serves the pages and the routes for programs.
What is uploaded is kept in the documents' folder, or where ``--index`` alone is named beside that index.
Asks for nothing outside this machine.  ``--add-user`` and ``--remove-user`` change the file of users instead.
Exit codes: 0 stopped or done, 2 a mistake of the caller or an index that cannot be used, 3 an error of the
program itself, 130 stopped before it served.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.commands.interrupts import end_quietly

if __name__ == "__main__":  # before anything is imported that takes a while
    end_quietly()

from index.commands.endings import run
from index.commands.options import add_today, command_parser, named, named_path
from index.commands.telling import say
from index.search.live import LiveIndex
from index.settings import DEFAULT_DOCUMENTS, DEFAULT_INDEX, beside
from qa.commands.opening import live_or_built
from qa.question.understand import LONGEST_QUESTION
from web.access.accounts import ROLES, AccountError, add_user, remove_user
from web.access.listening import THIS_MACHINE, listen
from web.settings import Settings

if TYPE_CHECKING:
    from qa.llm.settings import Settings as LanguageModel
    from qa.search.rerank import Reranker

# Read by the hub's client while it is imported, which is further down: the application downloads no model.
os.environ["HF_HUB_OFFLINE"] = "1"

HOST, PORT = "127.0.0.1", 7860
ANOTHER_PORT: Final = "python app.py --port {port}"
OPEN_TO_ALL: Final = (
    "everyone who reaches {host} may ask, and change documents. Set --auth-file FILE, or --read-only."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted, or change the users; return the exit code."""
    return run(_parser(), arguments)


def _chosen(options: argparse.Namespace) -> int:
    if options.add_user or options.remove_user:
        print(_change_users(options))
        return 0
    return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    from web.access import logs  # noqa: PLC0415 - FastAPI takes a second, which a wrong option need not wait for
    from web.access.door import Door  # noqa: PLC0415

    settings = _settings(options)
    door = Door(settings)
    logs.begin(settings.log_file, settings.log_questions)
    listening = listen(options.host, options.port, ANOTHER_PORT)
    if door.everyone and door.everyone.may("editor") and options.host not in THIS_MACHINE:
        say(f"app: {OPEN_TO_ALL.format(host=options.host)}")
    index = options.index or DEFAULT_INDEX
    live = live_or_built(index, options.documents or DEFAULT_DOCUMENTS)
    documents = uploads = options.documents or DEFAULT_DOCUMENTS
    if options.index and not options.documents:
        documents, uploads = _built_from(live), beside(index, "uploads")
    from pages.site import serve  # noqa: PLC0415 - gradio takes seconds

    serve(live, documents, listening, settings, door, uploads=uploads)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = command_parser(prog="python app.py", description="Ask policy documents in the browser.")
    add = parser.add_argument
    add("--index", type=named_path, metavar="FOLDER", help=f"the index (default: {DEFAULT_INDEX})")
    add(
        "--documents",
        type=named_path,
        metavar="FOLDER",
        help=f"what it is built from, and where uploads go (default: {DEFAULT_DOCUMENTS}; with --index alone "
        "what that index was built from, and uploads go beside the index, to FOLDER-uploads)",
    )
    add_today(parser)
    add("--reranker", type=named, metavar="M", help="put the best clauses in the order of this cross-encoder")
    add("--host", default=HOST, help="the address to listen at; 0.0.0.0 is every one (default: %(default)s)")
    add("--port", type=int, default=PORT, help="the port; 0 takes a free one (default: %(default)s)")
    add("--root-path", type=_prefix, default="", help="the prefix that a proxy serves it under, as /tiaowen")
    add(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="without users: a name under which it is reached, beside its address and the machine's own name",
    )
    add("--read-only", action="store_true", help="nobody may change the index, editors neither")
    add("--log-file", type=named_path, help="where requests and errors are written down (default: stderr)")
    add(
        "--llm",
        type=named,
        metavar="SETTINGS",
        help="a language model that may write answers: a TOML file, or env",
    )
    add("--log-questions", action="store_true", help="write down the questions too (default: never)")
    add(
        "--max-question-length",
        type=_number(1, LONGEST_QUESTION),
        default=LONGEST_QUESTION,
        help="characters of a question, at most and by default %(default)s",
    )
    users = parser.add_argument_group("users", "without a file of users everyone may come in, and edit")
    users.add_argument("--auth-file", type=named_path, help="the file of users; everyone must log in")
    users.add_argument(
        "--add-user", metavar="NAME", help="add a user, or set password and role anew, and end"
    )
    users.add_argument(
        "--role",
        choices=ROLES,
        help="what the user may do: reader asks, editor changes documents, administrator users too",
    )
    users.add_argument("--remove-user", metavar="NAME", help="remove a user, and end")
    parser.set_defaults(run=_chosen, command="app")
    return parser


def _prefix(typed: str) -> str:
    prefix = typed.rstrip("/")
    if prefix and (not prefix.startswith("/") or not prefix.isascii() or set(prefix) & set("?#%\\ ")):
        raise argparse.ArgumentTypeError(f"{typed!r} is no prefix; write one as /tiaowen")
    return prefix


def _number(least: int, most: int) -> Callable[[str], int]:
    def number(typed: str) -> int:
        if not typed.isdecimal() or not least <= int(typed) <= most:
            raise argparse.ArgumentTypeError(f"{typed!r} is no number from {least} to {most}")
        return int(typed)

    return number


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(
        auth_file=options.auth_file,
        read_only=options.read_only,
        root_path=options.root_path,
        hosts=tuple(options.allow_host),
        log_file=options.log_file,
        log_questions=options.log_questions,
        longest_question=options.max_question_length,
        llm=_language_model(options.llm),
        reranker=_reranker(options.reranker),
    )


def _language_model(where: str | None) -> LanguageModel | None:
    if where is None:
        return None
    from qa.llm.settings import read_settings  # noqa: PLC0415 - an extra

    return read_settings(where)


def _change_users(options: argparse.Namespace) -> str:
    """Add or remove a user; what was done.  The password is asked for, or read from a pipe."""
    if not options.auth_file:
        raise AccountError("Name the file of users: --auth-file FILE")
    if options.remove_user:
        remove_user(options.auth_file, options.remove_user)
        _forget(options.remove_user, options.index or DEFAULT_INDEX)
        return f"{options.remove_user} removed from {options.auth_file}"
    if not options.role:
        raise AccountError(f"Say what {options.add_user} may do: --role {' or --role '.join(ROLES)}")
    if sys.stdin.isatty():
        password = getpass("Password: ")
        if getpass("Once more: ") != password:
            raise AccountError("The two passwords differ. Nothing was changed.")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    new = add_user(options.auth_file, options.add_user, options.role, password)
    return f"{options.add_user} ({options.role}) {'added to' if new else 'changed in'} {options.auth_file}"


def _forget(user: str, index: Path) -> None:
    """Delete the conversations kept of a user, so that nobody of the same name finds them."""
    from pages.chat.history import history_of  # noqa: PLC0415 - only here

    history = history_of(index)
    if history.path.exists():
        history.delete(f"user:{user}")


def _reranker(name: str | None) -> Reranker | None:
    if name is None:
        return None
    from qa.search.rerank import load_reranker  # noqa: PLC0415 - an extra

    return load_reranker(name)


def _built_from(live: LiveIndex) -> Path:
    """The folder that the index was built from, the usual one where that is gone."""
    root = Path(live.current().manifest.root)
    return root if root.is_dir() else DEFAULT_DOCUMENTS


if __name__ == "__main__":
    raise SystemExit(main())
