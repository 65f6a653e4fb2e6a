"""Encodings, line ends, wrong files, and web pages."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from index.errors import SourceError
from index.reading.read import read_text

DOCUMENTS = Path(__file__).parents[3] / "documents"
TEXT = "宁武县人民政府办公室\n关于印发宁武县行动方案的通知\n到2025年,完成“老旧小区”改造30%以上。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "gb2312"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, line_end: str) -> None:
    data = TEXT.replace("\n", line_end).encode(encoding)
    path = tmp_path / "通知.txt"
    path.write_bytes(data)
    source = read_text(path)
    assert source.text == TEXT
    assert source.hash == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_documents_in_gb18030(tmp_path: Path, path: Path) -> None:
    other = tmp_path / path.name
    other.write_bytes(read_text(path).text.encode("gb18030"))
    assert read_text(other).text == read_text(path).text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n ", "empty"),
        ("a.txt", "第一条\x00第二条".encode(), "control character"),
        ("a.txt", "通知".encode("utf-16-le") + b"\n\x00", ""),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        ("a.txt", b"PK\x03\x04\x14\x00\x06\x00", "zip"),
        ("a.txt", bytes(range(128, 256)) * 4, "Save the file as UTF-8"),
        (
            "a.txt",
            "関する条例について、カタカナとひらがなで書く。".encode("shift-jis"),
            "Save the file as UTF-8",
        ),
        ("a.txt", ("關於印發縣域城鎮化建設行動方案的通知，請認真貫徹執行。" * 4).encode("big5"), "UTF-8"),
        ("a.txt", TEXT.encode("utf-8")[:-5] + b"\xff\xff\n", "Save the file as UTF-8"),
        ("a.docx", b"PK\x03\x04", ".docx"),
        ("a", b"text", "cannot read"),
        ("a.html", b"<html><body><script>x()</script></body></html>", "no text"),
        ("a.html", b"<!-- nothing -->", "no text"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as error:
        read_text(path)
    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_text(tmp_path / "missing.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(SourceError, match="folder"):
        read_text(tmp_path / "folder.txt")


PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>成武县人民政府</title>
<meta name="ArticleTitle" content="成武县人民政府关于印发新型城镇化方案的通知">
<style>.a{}</style><script>track()</script></head>
<body><nav><a href="/">首页</a> <a>政务公开</a></nav>
<table><tr><td>索 引 号:</td><td>1137/2024-08062</td><td>分  类:</td><td>政府文件</td></tr>
<tr><td>发布机构:</td><td>成武县人民政府办公室</td><td>成文日期:</td><td>2024 年 07 月 04 日</td></tr></table>
<div class="content"><h2>一、总体要求</h2>
<p>为深入推进以人为核心的新型城镇化，进一步提高我县城镇化发展水平，结合工作实际，制定本方案。</p>
<h3>（一）重点任务</h3>
<ol><li>促进产业集聚发展。深入实施产业链链长制，做大做强主导产业。</li><li>建设海绵城市。到2025年，建成区30%以上的面积达到要求。</li></ol>
<p>短句。<br>换行后的句子<span>连着</span>写。</p>
<table><tr><th>序号</th><th>项目名称</th><th>单位</th></tr>
<tr><td colspan="3">一、基础设施行动</td></tr>
<tr><td>1</td><td>污水处理项目</td><td>县水务局、县财政局</td></tr></table>
<p>以上任务由各镇政府、街道办事处按照职责分工抓好落实，重要情况及时报告县人民政府。</p></div>
<div style="display:none">赌博网站</div>
<footer>主办：成武县人民政府</footer></body></html>"""


def test_web_page(tmp_path: Path) -> None:
    path = tmp_path / "方案.html"
    path.write_bytes(PAGE.encode("gb18030"))
    assert read_text(path).text.split("\n") == [
        "成武县人民政府关于印发新型城镇化方案的通知",
        "索 引 号:1137/2024-08062",
        "分 类:政府文件",
        "发布机构:成武县人民政府办公室",
        "成文日期:2024 年 07 月 04 日",
        "一、总体要求",
        "为深入推进以人为核心的新型城镇化，进一步提高我县城镇化发展水平，结合工作实际，制定本方案。",
        "（一）重点任务",
        "1.促进产业集聚发展。深入实施产业链链长制，做大做强主导产业。",
        "2.建设海绵城市。到2025年，建成区30%以上的面积达到要求。",
        "短句。",
        "换行后的句子连着写。",
        "序号 |",
        "项目名称 |",
        "单位 |",
        "一、基础设施行动 |",
        "||",
        "1 |",
        "污水处理项目 |",
        "县水务局、县财政局 |",
        "以上任务由各镇政府、街道办事处按照职责分工抓好落实，重要情况及时报告县人民政府。",
        "",
    ]


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_a_page_loses_nothing(tmp_path: Path, path: Path) -> None:
    """The document wrapped in tags, a paragraph a line, is read back whole but for the page's own end."""
    text = read_text(path).text
    rows = [line for line in text.split("\n") if line.strip()]
    page = tmp_path / "a.html"
    body = "".join(f"<p>{row.replace('<', '&lt;')}</p>" for row in rows)
    page.write_text(f"<html><body><div id=main>{body}</div></body></html>", encoding="utf-8")
    source = read_text(page)
    squeezed = "".join(source.text.split())
    missing = ["".join(row.split()) for row in rows if "".join(row.split()) not in squeezed]
    assert source.count is not None
    assert source.count.lost == 0
    assert {one.reason for one in source.count.left_out} <= {"footer"}
    assert source.count.with_reason == len("".join(missing))


def test_traditional_characters_in_gb18030(tmp_path: Path) -> None:
    text = "關於印發縣域城鎮化建設行動方案的通知，請認真貫徹執行。\n"
    path = tmp_path / "通知.txt"
    path.write_bytes(text.encode("gb18030"))
    assert read_text(path).text == text
