"""Users and their passwords, in one file: read at every login, written by ``python app.py --add-user`` and by
the page of the administration.

Passwords are kept as scrypt with a salt each; the secret that signs sessions lies in the same file, so that
a restart ends no session.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import threading
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

from index.errors import TiaowenError, WriteError, read_json
from qa.files.whole_file import replaceable

Role = Literal["reader", "editor", "administrator"]
"""reader: asks and reads; editor: may change the index too; administrator: users and all else as well.  Each
may what those before it may."""
ROLES: Final[tuple[Role, ...]] = get_args(Role)

SHORTEST_PASSWORD, LONGEST_PASSWORD, LONGEST_NAME = 8, 256, 64
SCRYPT: Final[dict[str, int]] = {"n": 2**14, "r": 8, "p": 5}
"""OWASP's setting for 16 MB a check; a quarter of a second on an office PC."""
_BYTES = 32


class AccountError(TiaowenError):
    """A user or the file of users that cannot be used."""


@dataclass(frozen=True, slots=True)
class User:
    """Who sent a request; ``name`` is None where nobody logs in."""

    name: str | None
    role: Role

    def may(self, role: Role) -> bool:
        """True where the user may do what this role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Account:
    """A user as the file has it; salt and hash in hex, ``ended`` counts how often all sessions were ended."""

    role: Role
    salt: str
    hash: str
    ended: int = 0

    @property
    def stamp(self) -> str:
        """Changes with password and role, and ends the sessions begun before."""
        ended = f" {self.ended}" if self.ended else ""
        return hashlib.sha256(f"{self.role} {self.salt} {self.hash}{ended}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Held:
    """What the file holds."""

    secret: str
    users: dict[str, Account]


class Accounts:
    """The users of a file, read again where it has changed; safe between threads."""

    def __init__(self, path: Path) -> None:
        """Follow the file; raises AccountError where it cannot be read or holds nobody."""
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._held = Held("", {})
        if not self.held().users:
            raise AccountError(f"{path} holds no user. {_how_to_add(path)}")

    def held(self) -> Held:
        """The file as it is now; raises AccountError."""
        try:
            stat = self.path.stat()
        except OSError as error:
            raise AccountError(
                f"{self.path} cannot be read ({error.strerror}). {_how_to_add(self.path)}"
            ) from error
        with self._lock:
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if seen != self._seen:
                self._held, self._seen = read_accounts(self.path), seen
            return self._held

    def account(self, name: str) -> Account | None:
        """The account of that name; None where there is none."""
        return self.held().users.get(name)

    def check(self, name: str, password: str) -> User | None:
        """The user, None where name or password is wrong; takes equally long for a name that is not there."""
        account = self.account(name)
        salt = account.salt if account else "00" * _BYTES
        given = hash_password(password[:LONGEST_PASSWORD], salt)
        right = hmac.compare_digest(given, account.hash if account else "ff" * _BYTES)
        return User(name, account.role) if account and right else None


def read_accounts(path: Path) -> Held:
    """The users of a file; raises AccountError where it is none."""
    _ordinary(path)
    try:
        said = read_json(path.read_text(encoding="utf-8"))
        users = {str(name): Account(**one) for name, one in said["users"].items()}
        held = Held(bytes.fromhex(said["secret"]).hex(), users)
        for account in users.values():
            bytes.fromhex(account.salt + account.hash)
    except OSError as error:
        raise AccountError(f"{path} cannot be read ({error.strerror}). {_how_to_add(path)}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AccountError(f"{path} is no file of users. {_how_to_add(path)}") from error
    if len(held.secret) != 2 * _BYTES or any(one.role not in ROLES for one in users.values()):
        raise AccountError(f"{path} is no file of users. {_how_to_add(path)}")
    return held


def add_user(path: Path, name: str, role: str, password: str) -> bool:
    """Add a user, or give one another password and role; true where the name is new.

    The file is replaced whole and readable by its owner alone.  Raises AccountError.
    """
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise AccountError(f"{name!r} is no name. Give 1 to {LONGEST_NAME} printable characters.")
    if role not in ROLES:
        raise AccountError(f"{role!r} is no role. Roles: {', '.join(ROLES)}.")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountError(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    held = read_accounts(path) if path.exists() else Held(secrets.token_hex(_BYTES), {})
    salt = secrets.token_hex(_BYTES)
    account = Account(role, salt, hash_password(password, salt))
    _write(path, Held(held.secret, {**held.users, name: account}))
    return name not in held.users


def set_role(path: Path, name: str, role: str) -> None:
    """Give a user another role, which ends the sessions; raises AccountError."""
    if role not in ROLES:
        raise AccountError(f"{role!r} is no role. Roles: {', '.join(ROLES)}.")
    held = _holding(path, name)
    _write(path, Held(held.secret, {**held.users, name: replace(held.users[name], role=role)}))


def end_sessions(path: Path, name: str) -> None:
    """End all sessions of a user, also those that a restarted server no longer knows; raises AccountError."""
    held = _holding(path, name)
    account = held.users[name]
    _write(path, Held(held.secret, {**held.users, name: replace(account, ended=account.ended + 1)}))


def is_last_administrator(path: Path, name: str) -> bool:
    """True where nobody else may add users; raises AccountError."""
    held = read_accounts(path)
    return [one for one, account in held.users.items() if account.role == ROLES[-1]] == [name]


def _holding(path: Path, name: str) -> Held:
    held = read_accounts(path)
    if name not in held.users:
        raise AccountError(f"{path} holds no user {name!r}. Users: {', '.join(held.users)}.")
    return held


def remove_user(path: Path, name: str) -> None:
    """Remove a user, whose sessions end at once; raises AccountError where there is none of that name."""
    held = _holding(path, name)
    _write(path, Held(held.secret, {one: account for one, account in held.users.items() if one != name}))


def hash_password(password: str, salt: str) -> str:
    """scrypt of a password as hex."""
    typed = password.encode("utf-8", "surrogatepass")
    maximum = 256 * SCRYPT["n"] * SCRYPT["r"]  # twice what it needs; OpenSSL's own limit is exactly too small
    return hashlib.scrypt(typed, salt=bytes.fromhex(salt), maxmem=maximum, dklen=_BYTES, **SCRYPT).hex()


def _write(path: Path, held: Held) -> None:
    said: dict[str, Any] = {"secret": held.secret, "users": {n: asdict(a) for n, a in held.users.items()}}
    target = _ordinary(path)
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor, not a path
            json.dump(said, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    except OSError as error:
        raise AccountError(f"{path} cannot be written ({error.strerror}). Name a file elsewhere.") from error
    finally:
        new.unlink(missing_ok=True)


def _ordinary(path: Path) -> Path:
    """Where the file really lies, a link followed; raises AccountError for what could be read for ever."""
    try:
        return replaceable(path)
    except WriteError as error:
        raise AccountError(f"{error} Users are kept in a file.") from error


def _how_to_add(path: Path) -> str:
    return f"Add a user: python app.py --auth-file {path} --add-user NAME --role editor"
