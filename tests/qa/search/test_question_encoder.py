"""Questions as vectors: everyday words come nearer to the clause than by the clauses' own encoder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from index.encoders.load import load_encoder
from index.encoders.onnx_files import load_tokenizer
from index.encoders.packed import SHIPPED
from index.errors import ModelError
from qa.search.question_encoder import (
    FOLDER,
    MOST_TOKENS,
    question_tokens,
    question_vector,
    shipped_question_encoder,
)

CLAUSES = (
    "实施老旧小区改造。完善供水、排水、供气、供热等管网，漏损率控制在9%以内。",
    "完善社会福利设施。建设专业化残疾人康复、托养、综合服务设施。",
    "用人单位未按照劳动合同约定或者国家规定及时足额支付劳动报酬的，由劳动行政部门责令限期支付。",
    "推进城镇学校建设，扩大公办幼儿园和中小学学位供给。",
    "建立健全农业转移人口市民化机制，放宽落户限制，保障随迁子女平等接受义务教育。",
)
ASKED = (
    ("家里的老水管子老漏水，打算修吗", 0),
    ("残废人有地方照看没有", 1),
    ("老板拖着工钱不发找谁", 2),
    ("娃娃上幼儿园名额够不够", 3),
    ("乡下人进城，孩子上学给不给管", 4),
)


def test_a_question_in_everyday_words_is_nearer_to_its_clause_than_before() -> None:
    clauses = load_encoder().encode_passages(CLAUSES)
    own, plain = [], []
    for text, right in ASKED:
        for found, encode in (
            (own, lambda text: shipped_question_encoder().encode(text).vector),
            (plain, load_encoder().encode_question),
        ):
            cosines = clauses @ encode(text)
            found.append(cosines[right] - np.delete(cosines, right).max())
    assert sum(lead > 0 for lead in own) >= 4
    assert np.mean(own) > np.mean(plain)


def test_vectors_are_of_unit_length_and_always_the_same() -> None:
    encoded = shipped_question_encoder().encode("谁牵头海绵城市建设？")
    vector, tokens = encoded.vector, encoded.tokens
    assert vector.shape == (384,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(tokens.vectors, axis=1) == pytest.approx(1, abs=1e-5)
    again = shipped_question_encoder().encode("谁牵头海绵城市建设？")
    assert np.array_equal(vector, again.vector)
    assert np.array_equal(tokens.vectors, again.tokens.vectors)


def test_another_encoder_encodes_its_own_questions() -> None:
    class Other:
        def encode_question(self, text: str) -> Any:
            return np.full(8, len(text), np.float32)

    model = SimpleNamespace(source="somebody/else")
    index = cast("Any", SimpleNamespace(encoder=Other(), lazy_encoder=SimpleNamespace(model=model)))
    assert question_vector(index, "五个字的问").tolist() == [5.0] * 8
    assert question_tokens(index, "五个字的问") is None


def test_a_file_that_is_not_what_was_packed_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No question encoder"):
        type(shipped_question_encoder())(tmp_path)
    shutil.copytree(FOLDER, tmp_path / "cut")
    (tmp_path / "cut" / "model.onnx").write_bytes(b"0" * 100)
    with pytest.raises(ModelError, match="100 bytes"):
        type(shipped_question_encoder())(tmp_path / "cut")
    shutil.copytree(FOLDER, tmp_path / "other")
    about = json.loads((tmp_path / "other/model.json").read_text("utf-8"))
    (tmp_path / "other/model.json").write_text(json.dumps(about | {"clause_projection_sha256": "0"}), "utf-8")
    with pytest.raises(ModelError, match="belongs to another"):
        type(shipped_question_encoder())(tmp_path / "other")


def test_a_question_longer_than_is_read_is_cut_as_the_file_of_the_tokenizer_says() -> None:
    encoder, long = shipped_question_encoder(), "谁牵头海绵城市建设？" * 100
    cut = load_tokenizer(SHIPPED / "tokenizer.json", "").encode("query: " + long).ids
    assert len(cut) == MOST_TOKENS
    tokens = np.array([cut], np.int64)
    found = encoder._session.run(["embedding"], {"input_ids": tokens})[0][0]
    assert np.array_equal(encoder.encode(long).vector, found)
