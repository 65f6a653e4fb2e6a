"""Real text to encode."""

from pathlib import Path

DOCUMENTS = Path(__file__).parents[2] / "documents"


def clauses() -> list[str]:
    """Every fourth paragraph of the five documents that is longer than a heading's number."""
    lines = [
        line.strip()
        for path in sorted(DOCUMENTS.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [line for line in lines if len(line) > 5][::4]
