"""Which language model is asked, and with which key: from the environment, or from a file.

A key is never part of a message, a log or a ``repr``.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from index.errors import ModelError

ENVIRONMENT: Final = "env"
"""Stands for the environment where a file can be named."""
PREFIX: Final = "TIAOWEN_LLM_"
TIMEOUT: Final = 60.0
"""Seconds for a whole answer."""
_NAMES: Final = ("url", "model", "key", "key_file", "timeout", "temperature", "rewrite")
_TRUTHS: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """An endpoint (``http://127.0.0.1:11434/v1``), the model's name there, and how it is used.

    ``timeout`` is in seconds, for a whole answer; ``temperature`` from 0 to 2; ``rewrite`` lets the model put
    a question that leans on earlier ones into words of its own first.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = TIMEOUT
    temperature: float = 0.0
    rewrite: bool = False


def read_settings(where: str) -> Settings:
    """The settings of a TOML file, or of the environment where ``where`` is ``env``.

    Raises ModelError where they cannot be used, or where the openai client is not installed.
    """
    if find_spec("openai") is None:
        raise ModelError(
            "A language model needs the openai client, which is not installed. Run: "
            'pip install "tiaowen[llm]"'
        )
    if where == ENVIRONMENT:
        return _settings(
            {
                name: os.environ[PREFIX + name.upper()]
                for name in _NAMES
                if PREFIX + name.upper() in os.environ
            },
            "The environment",
            {name: PREFIX + name.upper() for name in _NAMES},
        )
    path = Path(where).expanduser()
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ModelError(
            f"The settings of the language model cannot be read: {where}: {error.strerror}. Name a TOML "
            f"file, or {ENVIRONMENT} for {PREFIX}URL, {PREFIX}MODEL and {PREFIX}KEY."
        ) from error
    except (ValueError, RecursionError) as error:  # of which what does not parse as UTF-8 or TOML is one
        raise ModelError(
            f'{where} is no TOML file: {type(error).__name__}. Write lines as url = "…"'
        ) from None
    if "key" in said and os.name == "posix" and path.stat().st_mode & 0o077:
        raise ModelError(f"{where} holds a key and others may read it. Run: chmod 600 {where}")
    return _settings(said, where, {name: name for name in _NAMES})


def _settings(said: Mapping[str, Any], where: str, names: Mapping[str, str]) -> Settings:
    unknown = sorted(set(said) - set(_NAMES))
    if unknown:
        raise ModelError(f"{where} sets {', '.join(unknown)}; known are {', '.join(names.values())}.")
    return Settings(
        url=_address(_text(said, "url", where, names), where, names["url"]),
        model=_text(said, "model", where, names),
        key=_key(said, where, names),
        timeout=_number(said, "timeout", TIMEOUT, 1, 600, where, names),
        temperature=_number(said, "temperature", 0.0, 0, 2, where, names),
        rewrite=_truth(said.get("rewrite", False), where, names["rewrite"]),
    )


def _text(said: Mapping[str, Any], name: str, where: str, names: Mapping[str, str]) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ModelError(f"{where} does not say {names[name]}, which a language model needs.")
    return value.strip()


def _address(url: str, where: str, name: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ModelError(f"{where}: {name} is no address. Write it as http://127.0.0.1:11434/v1")
    if parts.username or parts.password or parts.query or parts.fragment:  # would stand in logs
        raise ModelError(f"{where}: {name} may hold no user, password or query; a key has its own setting.")
    return url.rstrip("/")


def _key(said: Mapping[str, Any], where: str, names: Mapping[str, str]) -> str:
    if "key" in said and "key_file" in said:
        raise ModelError(f"{where} sets both {names['key']} and {names['key_file']}; one is enough.")
    key = said.get("key", "")
    if "key_file" in said:
        try:
            key = Path(str(said["key_file"])).expanduser().read_text("utf-8")
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else "no text"
            raise ModelError(f"{where}: {names['key_file']} cannot be read: {why}.") from None
    key = key.strip() if isinstance(key, str) else "\n"
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ModelError(f"{where}: the key holds characters that no key has.")
    return key


def _number(  # noqa: PLR0917 - one setting and where it stands
    said: Mapping[str, Any],
    name: str,
    standard: float,
    least: float,
    most: float,
    where: str,
    names: Mapping[str, str],
) -> float:
    value = said.get(name, standard)
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = least - 1
    if not least <= number <= most:
        raise ModelError(f"{where}: {names[name]} is {value!r}; give a number from {least} to {most}.")
    return number


def _truth(value: Any, where: str, name: str) -> bool:
    if isinstance(value, bool):
        return value
    known = _TRUTHS.get(str(value).strip().lower())
    if known is None:
        raise ModelError(f"{where}: {name} is {value!r}; say true or false.")
    return known
