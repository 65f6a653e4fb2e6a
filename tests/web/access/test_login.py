"""Who comes in: right and wrong passwords, expired, forged, ended and copied sessions, both roles."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

import pytest

from tests.support.visiting import PASSWORDS, Serving, log_in
from web.access.accounts import add_user
from web.access.attempts import OF_ADDRESS, OF_BOTH, SPAN, Attempts
from web.access.sessions import COOKIE, SESSION_SECONDS, Sessions

SECRET = "ab" * 32
ASK = "/api/v1/documents"


def test_without_users_everyone_edits_or_reads(serving: Serving) -> None:
    assert serving().get(ASK).status_code == 200
    assert serving().post("/gradio_api/upload").status_code == 404  # there are no pages here
    assert serving(read_only=True).post("/gradio_api/upload").status_code == 403
    assert serving().get("/login").headers["location"] == "/"


def test_a_page_leads_to_the_login_and_back(serving: Serving, users: Path) -> None:
    client = serving(auth_file=users)
    sent = client.get("/ledger/?agency=%E5%8E%BF", headers={"Accept": "text/html"})
    assert sent.status_code == 303
    form = client.get(sent.headers["location"])
    assert form.status_code == 200
    assert 'value="/ledger/?agency=%E5%8E%BF"' in form.text
    entered = log_in(client, next="/ledger/?agency=%E5%8E%BF")
    assert (entered.status_code, entered.headers["location"]) == (303, "/ledger/?agency=%E5%8E%BF")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert f"max-age={SESSION_SECONDS}" in cookie
    assert client.get(ASK).status_code == 200


def test_over_https_the_cookie_stays_there(serving: Serving, users: Path) -> None:
    client = serving(auth_file=users)
    client.base_url = "https://testserver"
    assert "secure" in log_in(client).headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "/\\evil.example", "https://evil.example", "x", "/\t/e"]
)
def test_the_login_leads_nowhere_else(serving: Serving, users: Path, elsewhere: str) -> None:
    assert log_in(serving(auth_file=users), next=elsewhere).headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"), [("张三", "wrong"), ("nobody", "wrong"), ("", ""), ("张三", "x" * 9999)]
)
def test_a_wrong_password(serving: Serving, users: Path, name: str, password: str) -> None:
    client = serving(auth_file=users)
    refused = log_in(client, name, password)
    assert refused.status_code == 401
    assert "用户名或密码不正确" in refused.text
    assert "set-cookie" not in refused.headers
    assert client.get(ASK).status_code == 401


def test_what_is_typed_is_only_text(serving: Serving, users: Path) -> None:
    refused = log_in(serving(auth_file=users), '"><script>1</script>', "x", next='"><script>2</script>')
    assert "<script>" not in refused.text


def test_after_some_wrong_ones_even_the_right_one_waits(serving: Serving, users: Path) -> None:
    client = serving(auth_file=users)
    for _ in range(OF_BOTH):
        assert log_in(client, "张三", "wrong").status_code == 401
    refused = log_in(client)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= SPAN
    assert log_in(client, "reader").status_code == 303


def test_attempts_are_counted_by_address_and_forgotten_in_time() -> None:
    attempts = Attempts()
    assert not any(attempts.begin("a", f"n{one}", 0.0) for one in range(OF_ADDRESS))
    assert attempts.begin("a", "another", 1.0) == SPAN
    assert attempts.begin("b", "another", 1.0) == 0
    assert attempts.begin("a", "another", SPAN + 1.0) == 0


def test_a_mistyped_password_is_forgiven() -> None:
    attempts = Attempts()
    for _ in range(OF_BOTH - 1):
        attempts.begin("a", "n", 0.0)
    assert attempts.begin("a", "n", 0.0) == 0
    attempts.succeeded("a", "n")
    assert attempts.begin("a", "n", 0.0) == 0


def test_a_session_ends_with_its_time() -> None:
    sessions = Sessions()
    cookie = sessions.begin("张三", "stamp", SECRET, now=1000.0)
    assert sessions.read(cookie, SECRET, 1000.0 + SESSION_SECONDS - 1)
    assert sessions.read(cookie, SECRET, 1000.0 + SESSION_SECONDS) is None


def test_a_forged_cookie_is_refused(serving: Serving, users: Path) -> None:
    client = serving(auth_file=users)
    log_in(client, "reader")
    told, _, signature = client.cookies[COOKIE].partition(".")
    session = json.loads(base64.urlsafe_b64decode(f"{told}=="))
    session[0] = "张三"
    other = base64.urlsafe_b64encode(json.dumps(session).encode()).decode().rstrip("=")
    own = Sessions().begin("张三", session[1], SECRET, now=2e9)
    for forged in (
        f"{other}.{signature}",
        f"{told}.",
        told,
        f"{told}.{signature}x",
        own,
        "",
        ".",
        "é.x",
        "x" * 9000,
    ):
        header = {"Cookie": f"{COOKIE}={forged}".encode()}
        client.cookies.clear()
        assert client.get(ASK, headers=header).status_code == 401, forged


def test_logging_out_ends_a_copied_cookie_too(serving: Serving, users: Path) -> None:
    client = serving(auth_file=users)
    log_in(client)
    copied = client.cookies[COOKIE]
    page = client.get("/logout")
    assert "张三（编辑）" in page.text
    left = client.post("/logout")
    assert (left.status_code, left.headers["location"]) == (303, "/login")
    assert client.get(ASK, headers={"Cookie": f"{COOKIE}={copied}"}).status_code == 401


def test_a_new_password_or_role_ends_the_sessions(serving: Serving, users: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(users, tmp_path / "users.json"))
    client = serving(auth_file=file)
    log_in(client)
    assert client.get(ASK).status_code == 200
    add_user(file, "张三", "reader", PASSWORDS["张三"])
    assert client.get(ASK).status_code == 401
    log_in(client)
    assert client.post("/gradio_api/upload").status_code == 403
    file.unlink()
    assert client.get(ASK).status_code == 503
    assert client.get("/healthz").status_code == 200


def test_only_an_editor_sends_files(serving: Serving, users: Path) -> None:
    client = serving(auth_file=users)
    log_in(client, "reader")
    for path in ("/gradio_api/upload", "/documents/gradio_api/upload", "/documents/gradio_api/upload/"):
        assert client.post(path).status_code == 403
    log_in(client, "张三")
    assert client.post("/documents/gradio_api/upload").status_code == 404
    client = serving(auth_file=users, read_only=True)
    log_in(client, "张三")
    assert client.post("/documents/gradio_api/upload").status_code == 403
    assert "张三（查阅）" in client.get("/logout").text


def test_the_form_in_english(serving: Serving, users: Path) -> None:
    client = serving(auth_file=users)
    form = client.get("/login?lang=en")
    assert '<html lang="en">' in form.text
    assert "Password" in form.text
    assert log_in(client, lang="en").headers["location"] == "/?lang=en"
