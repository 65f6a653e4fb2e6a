"""The reader finds the words that answer in a real text, and says how sure it is."""

from __future__ import annotations

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.encoders.packed import SHIPPED
from index.errors import ModelError
from qa.evidence.span_reader import FOLDER, SpanReader, shipped_reader

NOTICE = (
    "为做好疫情防控期间的服务保障工作，市税务局决定自2020年2月9日起延长网上申报期限，"
    "纳税人可以通过电子税务局、手机客户端等渠道办理。咨询电话为12366，工作日9时至17时有人接听。"
    "全市共设立发票邮寄服务点26个，由市邮政公司负责配送，邮费由税务部门承担。"
)
LAW = (
    "第二十一条 饲养犬只的，应当自取得犬只之日起三十日内向居住地公安机关申请登记。"
    "违反本条规定，未办理登记的，由公安机关责令限期改正，并处五百元以上二千元以下罚款。"
)


def words(question: str, text: str) -> str:
    (reading,) = shipped_reader().read(question, [text])
    assert reading is not None
    return text[reading.start : reading.end]


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("网上申报期限从什么时候开始延长?", NOTICE, "2020年2月9日"),
        ("咨询电话是多少?", NOTICE, "12366"),
        ("全市设了多少个发票邮寄服务点?", NOTICE, "26个"),
        ("发票由哪家单位配送?", NOTICE, "市邮政公司"),
        ("养狗不登记要罚多少钱?", LAW, "五百元以上二千元以下"),
        ("养狗应当在多长时间内登记?", LAW, "三十日内"),
    ],
)
def test_the_words_that_answer(question, text, answer):
    found = words(question, text)
    assert answer in found
    assert len(found) <= len(answer) + 14


def test_it_is_less_sure_where_the_text_does_not_say():
    said, unsaid = (
        shipped_reader().read(question, [NOTICE])[0]
        for question in ("咨询电话是多少?", "市税务局局长叫什么名字?")
    )
    assert said.score > unsaid.score
    assert 0 >= said.sure > unsaid.sure


def test_several_texts_at_once_and_from_several_threads():
    reader, question = shipped_reader(), "咨询电话是多少?"
    alone = [reader.read(question, [text])[0] for text in (NOTICE, LAW)]
    assert reader.read(question, [NOTICE, LAW, ""]) == [*alone, None]
    with ThreadPoolExecutor(4) as pool:
        assert all(
            found == alone for found in pool.map(lambda _: reader.read(question, [NOTICE, LAW]), range(8))
        )


def test_a_text_longer_than_it_reads_gives_a_span_inside():
    (reading,) = shipped_reader().read("咨询电话是多少?", [LAW * 30])
    assert 0 <= reading.start < reading.end <= len(LAW * 30)


def test_the_shipped_files_are_those_of_the_card():
    about = json.loads((FOLDER / "model.json").read_text("utf-8"))
    data = (FOLDER / "model.onnx").read_bytes()
    assert hashlib.sha256(data).hexdigest() == about["files"]["model.onnx"]["sha256"]
    assert about["files"]["model.onnx"]["sha256"] in (FOLDER / "README.md").read_text("utf-8")
    tokenizer = hashlib.sha256((SHIPPED / "tokenizer.json").read_bytes()).hexdigest()
    assert about["tokenizer_sha256"] == tokenizer


def test_a_damaged_reader_is_named(tmp_path: Path):
    with pytest.raises(ModelError, match=r"No reader at .*pip install"):
        SpanReader(tmp_path)
    shutil.copytree(FOLDER, tmp_path / "cut")
    with (tmp_path / "cut" / "model.onnx").open("r+b") as file:
        file.truncate(1000)
    with pytest.raises(ModelError, match="has 1,000 bytes"):
        SpanReader(tmp_path / "cut")
