"""Who asks for a body by the name it had before a reform is told of the body that took its place."""

from __future__ import annotations

from pathlib import Path

from index.build.build import build
from index.encoders.encoder import Encoder
from index.search.index import open_index
from qa import ask

TEXT = """\
阳川县人民政府关于做好污染防治工作的通知
各乡镇人民政府：
一、加强大气污染防治。县生态环境局牵头，县农业农村水利局配合，到2026年底前完成燃煤锅炉改造。
二、加强档案管理。县档案馆负责整理各类档案。
阳川县人民政府
2024年3月1日
"""
TOLD = (
    "（“环保局”现为“生态环境局”（《国务院机构改革方案》，"
    "2018年3月17日第十三届全国人民代表大会第一次会议批准））"
)


def test_an_old_name_finds_the_new_body_and_is_told(tmp_path: Path, encoder: Encoder) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    build(folder, tmp_path / "store", encoder=encoder)
    with open_index(tmp_path / "store", encoder) as index:
        old = ask("阳川县环保局负责哪些任务？", index=index)
        new = ask("阳川县生态环境局负责哪些任务？", index=index)
        other = ask("阳川县农业农村局负责哪些任务？", index=index)
    assert not old.abstained
    assert "大气污染防治" in old.text
    assert TOLD in old.text
    assert "现为" not in new.text
    assert "大气污染防治" in new.text
    assert "现为" not in other.text
