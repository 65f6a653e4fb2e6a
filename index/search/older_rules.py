"""Which documents of an index were parsed by other rules than this program's, and what to do then.

They answer as they are, since their clauses are quoted word for word whatever the rules; what newer rules
would find in them is missing.
"""

from __future__ import annotations

import logging
from pathlib import Path
from shlex import quote

from index.parsing.rules import rules_version
from index.storage.manifest import Manifest

log = logging.getLogger(__name__)


def with_older_rules(manifest: Manifest) -> tuple[str, ...]:
    """The documents whose rules are not this program's; those of an index that noted none among them."""
    now = rules_version()
    return tuple(file for file in manifest.sources if manifest.rules.get(file) != now)


def older_rules_said(out: Path, manifest: Manifest) -> str | None:
    """What is to be said of the index at ``out``, with the command to run; None where nothing is."""
    older = with_older_rules(manifest)
    if not older:
        return None
    elsewhere = [file for file in older if file in manifest.outside]
    where = f"--index {quote(str(out))}"
    commands = []
    if len(elsewhere) < len(older):
        commands.append(f"Run: python -m index update {quote(manifest.root)} {where}")
    if elsewhere:
        first, others = elsewhere[0], len(elsewhere) - 1
        named = f"{first} and {others} more" if others else first
        commands.append(f"Added from elsewhere: {named}; add again: python -m index add FILE {where}")
    return (
        f"{len(older)} of {len(manifest.sources)} documents of the index at {out} were parsed by older "
        f"rules; they answer as they are. {'. '.join(commands)}"
    )


def warn_of_older_rules(out: Path, manifest: Manifest) -> None:
    """Say it in the log, which is stderr unless somebody set it up otherwise."""
    said = older_rules_said(out, manifest)
    if said:
        log.warning("%s", said)
