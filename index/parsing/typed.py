"""Values → plain JSON values and back, by their types: frozen dataclasses, tuples, unions, Literals.

A dataclass becomes an object of its fields; where a type allows several dataclasses, one key names which:
``{"Deadline": {…}}``.  What comes back is checked against the types, field by field, because the process
that sent it may have been taken over by a hostile file.  Left out: bytes on a pipe (`wire`), whether the
values make sense together (`received`).
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Turn = Callable[[Any], Any]

_WIDEST: Final = 2**63
"""Whole numbers beyond ±2⁶³ fit into no column of the index."""


def to_json(kind: type[T], value: T) -> Any:
    """A value of a type as json can write it: objects, lists, strings, numbers, None."""
    return _writer(cast("Any", kind))(value)


def from_json(kind: type[T], said: Any) -> T:
    """The value of a type that json read.  Raises ValueError, naming what was seen, where it is none."""
    return cast("T", _reader(cast("Any", kind))(said))


@cache
def _writer(kind: Any) -> Turn:
    if is_dataclass(kind) and isinstance(kind, type):
        parts = [(name, _writer(hint)) for name, hint in _hints(kind).items()]
        return lambda value: {name: write(getattr(value, name)) for name, write in parts}
    if get_origin(kind) is tuple:
        write = _writer(_item(kind))
        return lambda value: [write(one) for one in value]
    if _is_union(kind):
        return _union_writer(kind)
    if get_origin(kind) is Literal or kind in (str, int, float, bool, type(None)):
        return lambda value: value
    raise TypeError(f"values of {kind} cannot be sent; give it a case in index/parsing/typed.py")


def _union_writer(kind: Any) -> Turn:
    turns = {get_origin(one) or one: _writer(one) for one in get_args(kind)}
    tagged = set(_named(kind).values()) if len(_named(kind)) > 1 else set()

    def write(value: Any) -> Any:
        own = type(value)
        written = turns[own](value) if own in turns else value  # a Literal stands under none of its types
        return {own.__name__: written} if own in tagged else written

    return write


@cache
def _reader(kind: Any) -> Turn:
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_reader(kind)
    if get_origin(kind) is tuple:
        read = _reader(_item(kind))
        return lambda said: tuple([read(one) for one in _list(said)])
    if _is_union(kind):
        return _union_reader(kind)
    if get_origin(kind) is Literal:
        return _literal_reader(get_args(kind))
    if kind in _SCALARS:
        return _SCALARS[kind]
    raise TypeError(f"values of {kind} cannot be sent; give it a case in index/parsing/typed.py")


def _dataclass_reader(kind: type) -> Turn:
    parts = [(name, _reader(hint)) for name, hint in _hints(kind).items()]
    names = {name for name, _ in parts}

    def read(said: Any) -> Any:
        if not isinstance(said, dict) or said.keys() != names:
            raise ValueError(f"{_shown(said)} is no {kind.__name__}")
        return kind(**{name: turn(said[name]) for name, turn in parts})

    return read


def _union_reader(kind: Any) -> Turn:
    named = _named(kind)
    several = {name: _reader(one) for name, one in named.items()} if len(named) > 1 else {}
    others = [_reader(one) for one in get_args(kind) if not several or one not in named.values()]

    def read(said: Any) -> Any:
        if several and isinstance(said, dict) and len(said) == 1:
            ((name, inner),) = said.items()
            if name in several:
                return several[name](inner)
        for turn in others:
            try:
                return turn(said)
            except ValueError:
                continue
        raise ValueError(f"{_shown(said)} is none of {', '.join(map(_name, get_args(kind)))}")

    return read


def _literal_reader(allowed: tuple[Any, ...]) -> Turn:
    def read(said: Any) -> Any:
        if any(type(said) is type(one) and said == one for one in allowed):
            return said
        raise ValueError(f"{_shown(said)} is none of {allowed}")

    return read


def _text(said: Any) -> str:
    if type(said) is not str:
        raise ValueError(f"{_shown(said)} is no text")
    if not said.isascii():
        said.encode()  # half a surrogate pair can be written in JSON and into no file; a ValueError
    return said


def _whole(said: Any) -> int:
    if type(said) is not int or not -_WIDEST <= said < _WIDEST:
        raise ValueError(f"{_shown(said)} is no whole number")
    return said


def _number(said: Any) -> float:
    return said if type(said) is float else _whole(said)


def _truth(said: Any) -> bool:
    if type(said) is not bool:
        raise ValueError(f"{_shown(said)} is neither true nor false")
    return said


def _nothing(said: Any) -> None:
    if said is not None:
        raise ValueError(f"{_shown(said)} is not null")


_SCALARS: Final[dict[Any, Turn]] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _truth,
    type(None): _nothing,
}


def _list(said: Any) -> list[Any]:
    if type(said) is not list:
        raise ValueError(f"{_shown(said)} is no list")
    return said


def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _item(kind: Any) -> Any:
    """``tuple[Clause, ...]`` → Clause."""
    arguments = get_args(kind)
    if len(arguments) != 2 or arguments[1] is not Ellipsis:
        raise TypeError(f"values of {kind} cannot be sent; write tuple[X, ...]")
    return arguments[0]


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _named(kind: Any) -> dict[str, type]:
    """The dataclasses of a union by their names."""
    return {one.__name__: one for one in get_args(kind) if is_dataclass(one) and isinstance(one, type)}


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))


def _shown(said: Any) -> str:
    """What was seen, short: 40 characters tell a number from a text from an object."""
    return f"{said!r:.40}"
