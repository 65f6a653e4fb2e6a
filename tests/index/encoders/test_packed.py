"""The shipped encoder: its vectors, its files, and what goes wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.encoders.load import load_encoder
from index.encoders.packed import SHIPPED, OnnxEncoder, read_model, verify_model
from index.errors import ModelError
from tests.support.paragraphs import clauses

if TYPE_CHECKING:
    from index.encoders.encoder import Vectors

ROOT = Path(__file__).parents[3]


# --- the vectors ---------------------------------------------------------------------------------


def test_unit_rows_in_the_order_given(encoder: OnnxEncoder, passages: Vectors) -> None:
    texts = clauses()
    assert passages.shape == (len(texts), 384)
    assert passages.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    backwards = encoder.encode_passages(texts[::-1])
    assert np.array_equal(backwards[::-1], passages)


def test_vector_does_not_depend_on_company_or_cores(encoder: OnnxEncoder, passages: Vectors) -> None:
    alone = OnnxEncoder(workers=1)
    for row in (0, 5, 17):
        assert np.array_equal(alone.encode_passages([clauses()[row]])[0], passages[row])


def test_progress_counts_every_text_once(encoder: OnnxEncoder) -> None:
    seen: list[int] = []
    encoder.encode_passages(clauses()[:21], seen.append)
    assert sum(seen) == 21
    assert len(seen) > 1


def test_nothing_to_encode(encoder: OnnxEncoder) -> None:
    assert encoder.encode_passages([]).shape == (0, 384)


def test_empty_and_blank_texts_have_vectors(encoder: OnnxEncoder) -> None:
    vectors = encoder.encode_passages(["", " \n\u3000", "\x00", "😀𠮷"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_text_past_the_model_length_is_cut_off(encoder: OnnxEncoder) -> None:
    long = "".join(clauses())
    assert len(long) > 10_000
    whole, beginning = encoder.encode_passages([long, long[:3_000]])
    assert np.array_equal(whole, beginning)


def test_question_and_passage_have_their_own_prefixes(encoder: OnnxEncoder) -> None:
    text = "海绵城市建设由哪个部门牵头"
    same = encoder.encode_question(text) @ encoder.encode_passages([text])[0]
    assert 0.85 < same < 0.999


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("市政设施的安全什么时候普查完", "普查"),
        ("推進海綿城市建設的目標是什麼", "海绵"),  # a question in traditional characters
        ("Which measures support elderly care services?", "养老"),
        ("充电桩怎么建", "充电"),
    ],
)
def test_question_finds_its_clause(
    encoder: OnnxEncoder, passages: Vectors, question: str, words: str
) -> None:
    best = np.argsort(-(passages @ encoder.encode_question(question)))[:5]
    assert any(words in clauses()[row] for row in best), [clauses()[row][:40] for row in best]


def test_concurrent_questions_agree_with_single_ones(encoder: OnnxEncoder) -> None:
    questions = [clause[:20] for clause in clauses()[:32]]
    one_by_one = [encoder.encode_question(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert np.array_equal(list(pool.map(encoder.encode_question, questions)), one_by_one)


def test_caller_can_stop_half_way(encoder: OnnxEncoder) -> None:
    class StopByUserError(Exception):
        pass

    def stop(_: int) -> None:
        raise StopByUserError

    with pytest.raises(StopByUserError):
        encoder.encode_passages(clauses(), stop)
    assert encoder.encode_question("之后仍可提问").shape == (384,)


# --- what can be wrong ---------------------------------------------------------------------------


def test_shipped_files_are_those_described() -> None:
    model = verify_model()
    assert model.checksum == OnnxEncoder().checksum
    assert model.dimension == 384
    assert sum(file.size for file in model.files) < 40_000_000


def copied_model(where: Path) -> Path:
    return shutil.copytree(SHIPPED, where / "copy")


def test_packed_model_in_another_folder(tmp_path: Path, passages: Vectors) -> None:
    other = load_encoder(str(copied_model(tmp_path)))
    assert isinstance(other, OnnxEncoder)
    assert np.array_equal(other.encode_passages(clauses()[:2]), passages[:2])


def test_missing_file(tmp_path: Path) -> None:
    folder = copied_model(tmp_path)
    (folder / "model.onnx").unlink()
    with pytest.raises(ModelError, match=r"model\.onnx is missing\. .*pack_model\.py"):
        load_encoder(str(folder))


def test_truncated_file(tmp_path: Path) -> None:
    folder = copied_model(tmp_path)
    os.truncate(folder / "model.onnx", 1_000_000)
    with pytest.raises(ModelError, match="has 1,000,000 bytes, not 34,"):
        load_encoder(str(folder))


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_overwritten_file_of_the_same_size(tmp_path: Path, name: str) -> None:
    folder = copied_model(tmp_path)
    with (folder / name).open("r+b") as file:
        file.write(b"\xff" * 4096)
    with pytest.raises(ModelError, match="was changed: SHA-256"):
        verify_model(folder)
    with pytest.raises(ModelError, match=name):
        load_encoder(str(folder))


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"files": 3}', '{"files": {"model.onnx": {}}}'])
def test_damaged_description(tmp_path: Path, text: str) -> None:
    (tmp_path / "model.json").write_text(text, "utf-8")
    with pytest.raises(ModelError, match=r"model\.json is damaged"):
        read_model(tmp_path)


def test_no_folder_at_all(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No model at"):
        read_model(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="No model folder at"):
        load_encoder(str(tmp_path / "nowhere"))


def test_folder_without_a_model(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no model", "utf-8")
    with pytest.raises(ModelError, match=r"cannot load the folder.*modules\.json"):
        load_encoder(str(tmp_path))


def test_hub_name_that_is_not_here() -> None:
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE=0"):
        load_encoder("tiaowen/no-such-model")
    with pytest.raises(ModelError, match="No model folder at documents/no-such-model"):
        load_encoder("documents/no-such-model")  # "documents" is a folder here


# --- what is imported ----------------------------------------------------------------------------

LOADED = """
import json, sys
def loaded():
    return [m for m in ("onnxruntime", "tokenizers", "torch", "sentence_transformers", "transformers") if m in sys.modules]
import index.encoders.load
before = loaded()
index.encoders.load.load_encoder().encode_question("哪个部门牵头")
print(json.dumps([before, loaded()]))
"""  # noqa: E501


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip


def test_default_path_imports_neither_torch_nor_sentence_transformers() -> None:
    done = run_python(LOADED)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[], ["onnxruntime", "tokenizers"]]


def test_missing_package_is_said(tmp_path: Path) -> None:
    # A None in sys.modules is how Python itself marks a module that cannot be imported.
    code = (
        "import sys; sys.modules['sentence_transformers'] = None\n"
        "from index.encoders.load import load_encoder\n"
        "from index.errors import ModelError\n"
        f"try: load_encoder({str(tmp_path)!r})\n"
        "except ModelError as error: print(error)"
    )
    assert 'pip install "tiaowen[st]"' in run_python(code).stdout
