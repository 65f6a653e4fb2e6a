"""The words of the server's own pages, login and description of the routes, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class WebWords:
    """Every text in one language; ``{…}`` are filled in where they are used."""

    language: Language
    html_lang: str
    site: str
    tagline: str
    other_language: str
    login: str
    name: str
    password: str
    enter: str
    wrong: str
    wait: str
    shared: str
    logged_in_as: str
    roles: Mapping[str, str]
    logout: str
    leave: str
    back: str
    no_login: str
    routes: str
    routes_more: str
    machine_readable: str
    first_login: str
    input: str
    in_query: str
    in_body: str
    of_type: str
    meaning: str
    standard: str
    needed: str
    example: str
    answers: str


ZH: Final = WebWords(
    language="zh",
    html_lang="zh-CN",
    site="条问",
    tagline="向政策文件提问，得到逐字引用的条文和出处",
    other_language="English",
    login="登录",
    name="用户名",
    password="密码",
    enter="登录",
    wrong="用户名或密码不正确，请重新输入。",
    wait="尝试次数过多，请在 {minutes} 分钟后再试。",
    shared="账号由本单位管理员设置；忘记密码请与管理员联系。",
    logged_in_as="当前用户：{name}（{role}）",
    roles={"reader": "查阅", "editor": "编辑"},
    logout="退出登录",
    leave="退出登录",
    back="返回问答",
    no_login="本站未启用登录。",
    routes="程序接口",
    routes_more="供其他程序调用；登录、问题长度与排队的限制与网页相同。出错时返回 "
    '{"error": {"code": …, "message": …}} 与相应的状态码。',
    machine_readable="OpenAPI 文件",
    first_login="启用登录时，先取得会话：",
    input="输入",
    in_query="地址参数",
    in_body="JSON 正文",
    of_type="类型",
    meaning="含义",
    standard="默认",
    needed="必填",
    example="示例",
    answers="返回",
)

EN: Final = WebWords(
    language="en",
    html_lang="en",
    site="Tiaowen",
    tagline="Policy documents answered clause by clause",
    other_language="中文",
    login="Log in",
    name="Name",
    password="Password",
    enter="Log in",
    wrong="Name or password is wrong. Type them again.",
    wait="Too many attempts. Try again in {minutes} minutes.",
    shared="Your administrator sets up accounts, and new passwords.",
    logged_in_as="Logged in as {name} ({role})",
    roles={"reader": "reader", "editor": "editor"},
    logout="Log out",
    leave="Log out",
    back="Back to the questions",
    no_login="There is no login on this server.",
    routes="Routes for programs",
    routes_more="Under the same login and limits as the pages. An error is "
    '{"error": {"code": …, "message": …}} with its status.',
    machine_readable="OpenAPI document",
    first_login="Where there is a login, begin a session first:",
    input="Input",
    in_query="query",
    in_body="JSON body",
    of_type="Type",
    meaning="Meaning",
    standard="Default",
    needed="required",
    example="Example",
    answers="Answers",
)


def words_in(language: str | None) -> WebWords:
    """The words of a language named in an address; Chinese unless it is ``en``."""
    return EN if language == "en" else ZH
