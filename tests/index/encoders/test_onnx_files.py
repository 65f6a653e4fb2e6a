"""One tokenizer for all models that name the same file; what was overwritten is read anew."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from index.encoders.onnx_files import load_tokenizer
from index.encoders.packed import SHIPPED
from index.errors import ModelError

FILE = SHIPPED / "tokenizer.json"
LONG = "城镇化" * 600


def test_models_that_name_the_same_file_share_one() -> None:
    assert load_tokenizer(FILE, "") is load_tokenizer(SHIPPED / "." / "tokenizer.json", "")


def test_what_reads_whole_texts_changes_nothing_for_others() -> None:
    cut, whole = load_tokenizer(FILE, ""), load_tokenizer(FILE, "", whole=True)
    assert len(whole.encode(LONG).ids) > len(cut.encode(LONG).ids) == 512
    assert whole is load_tokenizer(FILE, "", whole=True)


def test_a_file_that_was_overwritten_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    shutil.copy(FILE, file)
    first = load_tokenizer(file, "")
    file.write_text("{}", "utf-8")
    with pytest.raises(ModelError, match=r"is not a tokenizer .* Mend it\."):
        load_tokenizer(file, "Mend it.")
    shutil.copy(FILE, file)
    os.utime(file, ns=(1, 1))
    assert load_tokenizer(file, "") is not first


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not a tokenizer"):
        load_tokenizer(tmp_path / "none.json", "")
