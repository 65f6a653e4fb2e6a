"""What all commands' parsers share: ``--debug``, ``--index``, ``--today``, values that name something."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from index.errors import SettingError
from index.search.today import VARIABLE, read_day
from index.settings import DEFAULT_INDEX


class _Parser(argparse.ArgumentParser):
    """Its commands, which argparse makes of the same class, have the option too."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.add_argument(
            "--debug",
            action="store_true",
            default=argparse.SUPPRESS,  # else a command's own default would undo what was said before it
            help="show where in the program an error came from",
        )

    def _print_message(self, message: str, file: Any = None) -> None:
        """As argparse does, which also keeps quiet where a help text cannot be written."""
        stream = file or sys.stderr
        stream.write(message)
        stream.flush()


def command_parser(**options: Any) -> argparse.ArgumentParser:
    """A parser, of these options of argparse's, whose every command takes ``--debug``."""
    return _Parser(**options)


def index_option(*names: str) -> argparse.ArgumentParser:
    """A parent parser with ``--index FOLDER``, also under the other names given, and ``--today DAY``."""
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument(
        "--index",
        *names,
        type=named_path,
        default=DEFAULT_INDEX,
        metavar="FOLDER",
        help="where the index lies (default: %(default)s)",
    )
    add_today(parent)
    return parent


def named(typed: str) -> str:
    """An option's value that must name something, for argparse: a file, a folder, a model, a server.

    An empty one comes of a script's variable that was never set; as a path it is the current folder.
    """
    if not typed.strip():
        raise argparse.ArgumentTypeError("its value is empty; name what is meant, or leave it out")
    return typed


def named_path(typed: str) -> Path:
    """A path that must name something, for argparse."""
    return Path(named(typed))


class _TodayOption(argparse.Action):
    """``--today DAY``: sets the day for this process and those that it starts."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Check the day and set it; argparse tells of one that cannot be read."""
        try:
            day = read_day(str(values))
        except SettingError as error:
            raise argparse.ArgumentError(self, str(error)) from error
        os.environ[VARIABLE] = day.isoformat()
        setattr(namespace, self.dest, day)


def add_today(parser: argparse.ArgumentParser) -> None:
    """Give a command ``--today``."""
    parser.add_argument(
        "--today",
        action=_TodayOption,
        metavar="DAY",
        help="the day on which documents are to hold, 2026-01-31 (default: today)",
    )
