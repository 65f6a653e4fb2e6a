"""The files of deploy/ and the Dockerfile: what they name exists, and what they start starts.

An image is not built here, and no systemd is run: the unit is read by systemd's own programs where they are.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import app

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
UNIT = ROOT / "deploy" / "tiaowen.service"
NGINX = ROOT / "deploy" / "nginx.conf"
QUESTION = "宁武县海绵城市建设由谁负责?"


def instructions(name: str) -> list[str]:
    """What stands behind each such instruction of the Dockerfile, continued lines joined."""
    lines = "\n".join(line for line in DOCKERFILE.splitlines() if not line.startswith("#"))
    return re.findall(rf"^ *{name} (.*)$", lines.replace("\\\n", ""), re.M)


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build of the image is sent: the names that .dockerignore lets through."""
    folder = tmp_path_factory.mktemp("context") / "project"
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    ignored = [line for line in lines if line and not line.startswith("#")]
    assert ignored[0] == "*"
    assert ignored[-1] == "**/__pycache__"
    folder.mkdir()
    for name in ignored[1:-1]:
        assert name.startswith("!")
        source = ROOT / name[1:]
        if source.is_dir():
            shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    return folder


@pytest.fixture(scope="session")
def wheel(context: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, made of nothing but the context; nothing is fetched."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--wheel-dir", str(out), str(context)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "would be ignored" not in done.stderr
    (made,) = out.glob("tiaowen-*.whl")
    return made


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of modules as an installation has it."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def python(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python outside the repository, with the installed modules."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


class TestWheel:
    def test_it_holds_every_file_of_every_package(self, wheel: Path):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
        packed_names = project["tool"]["setuptools"]["packages"]["find"]["include"]  # index*, qa*, …
        packages = [folder for pattern in packed_names for folder in ROOT.glob(pattern) if folder.is_dir()]
        assert len(packages) >= 4
        files = [path for folder in packages for path in folder.rglob("*") if path.is_file()]
        caches = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
        wanted = {path.relative_to(ROOT).as_posix() for path in files if not caches & set(path.parts)}
        with zipfile.ZipFile(wheel) as packed:
            held = {name for name in packed.namelist() if ".dist-info/" not in name}
        assert held == wanted | {"app.py"}

    def test_it_answers_outside_the_repository(self, installed: Path, policy_store: Path, tmp_path: Path):
        where = python(installed, tmp_path, "-c", "import qa, app; print(qa.__file__, app.__file__)")
        assert where.stdout.count(str(installed)) == 2
        asked = python(installed, tmp_path, "-m", "qa", "ask", QUESTION, "--index", str(policy_store))
        assert "县住建局、县财政局[1]" in asked.stdout, asked.stderr
        cut = python(installed, tmp_path, "-m", "index", "clauses", str(next((ROOT / "documents").iterdir())))
        assert cut.stdout.startswith("[0] front"), cut.stderr

    def test_without_documents_it_says_what_to_do(self, installed: Path, tmp_path: Path):
        done = python(installed, tmp_path, "-P", "-m", "app", "--port", "0")
        assert done.returncode == 2
        assert "Name the folder that holds the documents" in done.stderr


class TestWheelhouse:
    def test_its_options(self):
        command = [sys.executable, str(ROOT / "deploy" / "wheelhouse.py")]
        helped = subprocess.run([*command, "--help"], capture_output=True, text=True, check=False)
        assert helped.returncode == 0
        assert "--try" in helped.stdout
        wrong = subprocess.run([*command, "wheels", "gpu"], capture_output=True, text=True, check=False)
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        assert wrong.returncode == 2
        assert all(name in wrong.stderr for name in ("gpu", *project["optional-dependencies"]))
        assert not Path("wheels").exists()


class TestDockerfile:
    def test_what_it_copies_exists(self, context: Path):
        for copied in instructions("COPY"):
            *sources, _ = [word for word in copied.split() if not word.startswith("--")]
            assert all((context / source).exists() for source in sources)
        assert {path.name for path in (context / "documents").iterdir()}

    def test_it_ends_as_a_user_with_its_own_folder(self):
        assert instructions("USER") == ["tiaowen"]
        assert instructions("WORKDIR") == ["/srv/tiaowen"]
        assert json.loads(instructions("VOLUME")[0]) == ["/srv/tiaowen"]

    def test_each_line_for_the_shell_is_one(self):
        for line in instructions("RUN"):
            command = line.strip().removeprefix("--mount=type=bind,from=wheels,source=/wheels,target=/wheels")
            assert not command.startswith("--")
            assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0

    def test_what_it_starts_refuses_to_start_without_users(self, installed: Path, tmp_path: Path):
        program, *arguments = json.loads(instructions("ENTRYPOINT")[0])
        assert program == "python"
        app._parser().parse_args(arguments[arguments.index("app") + 1 :])
        done = python(installed, tmp_path, *arguments, "--port", "0")
        assert done.returncode == 2
        assert "users.json cannot be read" in done.stderr
        added = python(installed, tmp_path, *arguments, "--help")
        assert "--add-user" in added.stdout

    def test_what_it_starts_is_healthy_by_its_own_check(
        self, installed: Path, policy_store: Path, tmp_path: Path
    ):
        _, *arguments = json.loads(instructions("ENTRYPOINT")[0])
        add = [sys.executable, "-P", *arguments[1:], "--add-user", "li", "--role", "reader"]
        environment = {**os.environ, "PYTHONPATH": str(installed)}
        subprocess.run(add, cwd=tmp_path, env=environment, input="a long password\n", text=True, check=True)
        with serving(installed, tmp_path, *arguments, "--index", str(policy_store)) as port:
            _, *check = json.loads(instructions("HEALTHCHECK")[0].partition("CMD")[2])
            assert "7860" in check[-1]
            check[-1] = check[-1].replace("7860", str(port))
            assert python(installed, tmp_path, *check).returncode == 0
            assert httpx.get(f"http://127.0.0.1:{port}/api/v1/documents", timeout=60).status_code == 401
        assert python(installed, tmp_path, *check).returncode != 0


class TestUnit:
    def test_its_command_is_one_that_the_application_takes(self):
        (line,) = re.findall(r"^ExecStart=(.*)$", UNIT.read_text("utf-8"), re.M)
        program, *arguments = shlex.split(line)
        assert program == "/opt/tiaowen/bin/python"
        options = app._parser().parse_args(arguments[arguments.index("app") + 1 :])
        assert options.host == "127.0.0.1"
        assert options.auth_file == Path("users.json")
        assert options.root_path == "/tiaowen"

    def test_systemd_finds_nothing_wrong_but_the_missing_program(self):
        systemd = shutil.which("systemd-analyze")
        if systemd is None:
            pytest.skip("systemd-analyze is not installed here")
        done = subprocess.run([systemd, "verify", str(UNIT)], capture_output=True, text=True, check=False)
        said = [line for line in (done.stdout + done.stderr).splitlines() if UNIT.name in line]
        assert [line for line in said if "/opt/tiaowen/bin/python is not executable" not in line] == []
        rated = subprocess.run(
            [systemd, "security", "--offline=true", "--threshold=20", str(UNIT)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert rated.returncode == 0, rated.stdout[-200:]  # an exposure of at most 2.0 of 10


class TestProxy:
    def test_nginx_takes_it_and_hands_on_what_is_asked(
        self, installed: Path, policy_store: Path, tmp_path: Path
    ):
        nginx, openssl = (
            shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"),
            shutil.which("openssl"),
        )
        if nginx is None or openssl is None:
            pytest.skip("nginx or openssl is not installed here")
        make = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
        subprocess.run(
            [*make, "-keyout", "key", "-out", "pem"], cwd=tmp_path, check=True, capture_output=True
        )
        with serving(
            installed, tmp_path, "-m", "app", "--index", str(policy_store), "--root-path", "/tiaowen"
        ) as port:
            public = free_port()
            ours = NGINX.read_text("utf-8").replace("/etc/ssl/tiaowen.pem", f"{tmp_path}/pem")
            ours = ours.replace("/etc/ssl/tiaowen.key", f"{tmp_path}/key")
            ours = ours.replace("listen 443 ssl", f"listen 127.0.0.1:{public} ssl").replace("7860", str(port))
            kept = "".join(
                f"{kind}_temp_path {tmp_path}/{kind};\n"
                for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            )
            own = f"pid {tmp_path}/pid;\nerror_log {tmp_path}/errors;\nevents {{}}\n"
            whole = f"{own}http {{\naccess_log off;\n{kept}{ours}}}\n"
            (tmp_path / "nginx.conf").write_text(whole, "utf-8")
            command = [nginx, "-c", str(tmp_path / "nginx.conf"), "-g", "daemon off;"]
            tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
            assert tested.returncode == 0, tested.stderr
            with subprocess.Popen(command, stderr=subprocess.DEVNULL) as proxy:
                try:
                    asked_through(f"https://127.0.0.1:{public}")
                finally:
                    proxy.terminate()


def asked_through(proxy: str) -> None:
    with httpx.Client(
        base_url=proxy, verify=False, timeout=60
    ) as client:  # its certificate is the test's own
        until_it_answers(client, "/tiaowen/healthz")
        assert client.get("/tiaowen").headers["location"].endswith("/tiaowen/")
        origin = {"Origin": proxy}
        answer = client.post("/tiaowen/api/v1/ask", json={"question": QUESTION}, headers=origin)
        assert answer.json()["citations"][0]["quote"] == "县住建局、县财政局"
        elsewhere = {"Origin": "https://evil.example"}
        refused = client.post("/tiaowen/api/v1/ask", json={"question": QUESTION}, headers=elsewhere)
        assert refused.status_code == 403
        assert client.get("/tiaowen/").status_code == 200
        assert client.get("/tiaowen/config").json()["root"] == f"{proxy}/tiaowen"


def until_it_answers(client: httpx.Client, path: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            assert client.get(path).status_code == 200
            return
        except httpx.ConnectError:
            assert time.monotonic() < until, "the proxy does not answer"
            time.sleep(0.05)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def serving(installed: Path, folder: Path, *arguments: str) -> Iterator[int]:
    """The application of the installed modules on a free port, which is given."""
    given = [argument for argument in arguments if argument != "-P"]
    command = [sys.executable, "-P", "-u", *given, "--host", "127.0.0.1", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout)
        address = next((found for line in lines if (found := re.search(r"http://[^/:]+:(\d+)", line))), None)
        try:
            assert address, "it ended instead of listening"
            yield int(address[1])
        finally:
            process.terminate()
