"""The commands of the documentation: found in its pages, and whether what they name exists."""

from __future__ import annotations

import argparse
import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import app
import index.__main__
import qa.__main__
import web.mcp.__main__

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])

NOT_RUN = {
    r"(?:python3 -m venv .* && )?(?:\S*/|python -m )?pip (?:install|wheel|download)": "asks for packages",
    r"python deploy/wheelhouse\.py": "asks for packages",
    r"apt-get": "installs programs of the system",
    r"docker": "builds and runs an image, which needs a daemon; tests/deploy tries what it consists of",
    r"systemctl|systemd-analyze|useradd|install -d|chown|runuser|cp |nginx|journalctl": "changes a machine",
    r".*-m pytest": "tests in tests; .ci/run does it",
    r"\(cd wheelhouse": "needs a wheelhouse; tests/deploy tries what it is for",
    r"\.venv/bin/(?:ruff|mypy|pre-commit)": ".ci/run does it",
    r"git ": "changes a repository",
    r"bash \.ci/run": "runs these tests",
    r"python (?:benchmarks/|-m tests\.support\.)": "measures for minutes",
    r"python -m qa evaluate tests/data/": "measures for minutes; tests/quality/test_quality.py",
    r"python tools/": "makes models for an hour, or what these tests do",
    r"python -m training\.": "trains or measures for minutes; tests/training",
    r".*\.\./shared|.*store-": "needs the development data beside the project",
    r"python (?:app\.py|-m qa \w+) --llm": "asks a language model; tests/qa/llm",
    r"(?:TIAOWEN_\w+=\S+ )?python -m web\.mcp": "serves until it is ended; tests/web/mcp/test_mcp.py",
    r"hf download": "asks the hub",
    r"python app\.py .*&(?:\s|$)": "five servers at once; tests/web/test_several_processes.py",
    r"python -m index build .*--model": "needs models; tests/index/encoders/test_sentence_transformers.py",
    r"python -m qa evaluate .*--model|cat tests/data/\S+ tests": "needs models; test_compare_models.py",
    r"python examples/llama_index": "needs LlamaIndex; tests/examples/test_llama_index_retriever.py",
    r"export|python -m index milvus": "needs a Milvus server; tests/index/engines/test_milvus.py",
    r"ray |python -m index encode": "needs Ray; tests/index/build/test_encode_on_ray.py",
}
"""Commands that are not run here, by how they begin, and why."""

ELSEWHERE = "office.example"
"""Stands in Python that asks a server elsewhere and is not run; tests/web/client runs each call."""

KINDS = {"sh", "console", "pycon", "python", "text", "json", "toml", "mermaid"}
"""What a fenced block may say that it is.  text: of it only lines after ``$ `` are commands."""


@dataclass(frozen=True)
class Block:
    page: Path
    kind: str
    text: str


@dataclass(frozen=True)
class Command:
    page: Path
    text: str
    printed: str | None
    """What the page says that it prints; None where it does not say."""

    @property
    def reason(self) -> str | None:
        """Why it is not run."""
        return next((why for start, why in NOT_RUN.items() if re.match(start, self.text)), None)


def blocks() -> list[Block]:
    found = []
    for page in PAGES:
        fenced = re.findall(r"^```([^\n]*)\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)
        found += [Block(page, kind, text) for kind, text in fenced]
    return found


def commands() -> list[Command]:
    found: list[Command] = []
    for block in blocks():
        if block.kind == "sh":
            lines = block.text.replace("\\\n", " ").splitlines()
            found += [Command(block.page, line.strip(), None) for line in lines if line.split("#")[0].strip()]
        elif block.kind in ("console", "text"):
            for one in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
                typed, _, printed = one.partition("\n")
                found.append(Command(block.page, typed, printed if block.kind == "console" else None))
    return found


def of_page(page: Path) -> list[Command]:
    return [command for command in commands() if command.page == page]


def simple(command: str) -> Iterator[list[str]]:
    """The single commands of a line, as lists of words: split at &&, | and ;."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if word and set(word) <= set("&|;"):
            yield words
            words = []
        elif words[-1:] == [">"]:
            words.pop()  # where its output goes is a file that it makes
        elif word not in ("(", ")"):
            words.append(word)
    yield words


def inline() -> list[str]:
    """Commands in running text: `python benchmarks/load.py`."""
    texts = (re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.M | re.S) for page in PAGES)
    return [found for text in texts for found in re.findall(r"`((?:python|pip|deploy/)[ \w][^`]*)`", text)]


def checked(words: list[str]) -> None:
    """Fails where a single command names an option, module, file or extra that is not there."""
    program, *rest = words
    for word in words:
        named = re.fullmatch(r"(?:\./)?((?:benchmarks|deploy|tools|tests|docs|\.ci)/[^*…]+)", word)
        assert named is None or (ROOT / named[1]).exists(), word
    for extras in re.findall(r"(?:tiaowen|\.)\[([\w,]+)\]", " ".join(words)):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        assert set(extras.split(",")) <= set(project["optional-dependencies"])
    if Path(program).name not in ("python", "python3"):
        return
    while rest and rest[0] in ("-P", "-u"):
        rest = rest[1:]
    if rest[:1] == ["-m"]:
        of_module(rest[1], rest[2:])
    elif rest[0] == "app.py":
        accepted(app._parser(), rest[1:])
    elif rest[0].endswith(".py") and not rest[0].startswith("../"):
        of_file(ROOT / rest[0], rest[1:])


def of_module(module: str, arguments: list[str]) -> None:
    parsers = {"index": index.__main__._parser, "qa": qa.__main__._parser, "app": app._parser}
    parsers["web.mcp"] = web.mcp.__main__._parser
    if module.startswith(("training.", "tests.support.")):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
        return
    if module not in parsers:
        assert module in ("venv", "pip", "pytest", "http.server")
    elif arguments:
        accepted(parsers[module](), arguments)


def accepted(parser: argparse.ArgumentParser, arguments: list[str]) -> None:
    """Fails where the parser does not take the arguments; … is one of them that is not told."""
    if len(arguments) == 1 and not arguments[0].startswith("-"):  # a command that is spoken of
        (chosen,) = (action for action in parser._actions if isinstance(action.choices, dict))
        assert chosen.choices
        assert arguments[0] in chosen.choices
        return
    try:
        parser.parse_args(["X" if word == "…" else word for word in arguments])
    except SystemExit as stop:
        assert stop.code == 0, arguments


def of_file(path: Path, arguments: list[str]) -> None:
    """The options of a program that are not made where they could be asked for stand in its text."""
    tree = ast.parse(path.read_text("utf-8"))
    known = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {word for word in arguments if word.startswith("--")} <= known
