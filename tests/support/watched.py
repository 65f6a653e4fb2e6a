"""Run app.py as it is and note every address outside this machine that it asks for."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

LOCAL = ("127.", "::1", "localhost", "0.0.0.0")


def note_addresses(noted: Path) -> None:
    """Write every address outside this machine that this process asks for into the file."""
    noted.touch()

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.connect":
            address = arguments[1]
            host = address[0] if isinstance(address, tuple) else None
        elif event == "socket.getaddrinfo":
            host = arguments[0]
        else:
            return
        if host and not str(host).startswith(LOCAL):
            with noted.open("a") as file:
                file.write(f"{event} {host}\n")

    sys.addaudithook(note)


def main() -> None:
    note_addresses(Path(sys.argv[1]))
    root = Path(__file__).parents[2]
    sys.path.insert(0, str(root))
    sys.argv = ["app.py", *sys.argv[2:]]
    runpy.run_path(str(root / "app.py"), run_name="__main__")


if __name__ == "__main__":
    main()
