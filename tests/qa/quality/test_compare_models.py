"""Models side by side: an index each, kept and brought up to date, the shipped encoder the first column."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from index.errors import ModelError
from qa.__main__ import main
from qa.quality.compare_models import compare, folder_name
from qa.quality.evaluate import evaluate
from tests.support.made_models import save_cross_encoder, save_sentence_transformer, shallow

ROOT = Path(__file__).parents[3]
CHENGWU = "成武县新型城镇化建设行动提升方案.txt"


@pytest.fixture(scope="module")
def models(bert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an encoder (e5-restored) and a cross-encoder (tiny-reranker)."""
    where = tmp_path_factory.mktemp("models")
    save_sentence_transformer(where / "e5-restored", shallow(tmp_path_factory.mktemp("bert"), bert))
    save_cross_encoder(where / "tiny-reranker", bert)
    return where


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    shutil.copy(ROOT / "documents" / CHENGWU, folder)
    return folder


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = (ROOT / "tests" / "data" / "questions_answerable.jsonl").read_text("utf-8").splitlines()
    chosen = [
        line
        for line in lines
        if (said := json.loads(line)).get("documents") == [CHENGWU] and not said.get("history")
    ]
    assert len(chosen) >= 4
    path = tmp_path_factory.mktemp("questions") / "questions.jsonl"
    path.write_text("\n".join(chosen), "utf-8")
    return path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


def test_columns_and_indexes(
    models: Path, documents: Path, questions: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = str(models / "e5-restored")
    arguments = ["evaluate", str(questions), "--model", model, "--documents", str(documents)]
    arguments += ["--index", str(place / "store")]
    assert main(arguments) == 0
    table, said = capsys.readouterr()
    rows = {line.split("  ")[0]: line.split()[-2:] for line in table.splitlines()}
    assert table.splitlines()[0].split() == ["shipped", "e5-restored"]
    assert rows["dimension"] == ["384", "384"]
    assert float(rows["R@10"][0]) == 1.0
    assert "s a question (this machine)" in table
    store = place / "store-models" / folder_name(model)
    assert f"{model}: {store}, 46 windows, 46 encoded" in said
    assert not (place / "store").exists()

    assert main([*arguments, "--json"]) == 0
    shipped, restored = json.loads(capsys.readouterr().out)
    assert (shipped["model"], restored["model"]) == (None, model)
    assert restored["index"] == str(store)
    assert (shipped["encoded"], restored["encoded"]) == (0, 0)  # both were there
    assert restored["clauses"]["R@10"] == float(rows["R@10"][1])
    assert restored["checksum"] != shipped["checksum"]


def test_figures_are_those_of_each_index_alone(
    models: Path, documents: Path, questions: Path, place: Path
) -> None:
    from index.search.index import open_index

    columns = compare(questions, documents, [str(models / "e5-restored")], place / "store-models")
    for column in columns:
        with open_index(column.index) as index:
            assert index.manifest.model.checksum == column.checksum
            assert evaluate(questions, index) == column.evaluation


def test_what_changed_in_the_documents_is_taken_over(
    models: Path, documents: Path, questions: Path, place: Path, tmp_path: Path
) -> None:
    model, told = str(models / "e5-restored"), []
    more = Path(shutil.copytree(documents, tmp_path / "documents"))
    compare(questions, more, [model], tmp_path / "kept")
    (more / "b.txt").write_text("关于停水的公告\n3月8日22时起阳光花园停水。", "utf-8")
    columns = compare(questions, more, [model], tmp_path / "kept", told=told.append)
    assert [column.encoded for column in columns] == [2, 2]  # its front and its clause
    assert "48 windows, 2 encoded" in told[1]


def test_a_reranker_has_columns_of_its_own(
    models: Path, documents: Path, questions: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["evaluate", str(questions), "--documents", str(documents), "--index", str(place / "store")]
    arguments += ["--model", str(models / "e5-restored"), "--reranker", str(models / "tiny-reranker")]
    code = main([*arguments, "--json"])
    columns = json.loads(capsys.readouterr().out)
    assert code == 0
    reranker = str(models / "tiny-reranker")
    assert [one["reranker"] for one in columns] == [None, reranker, None, reranker]
    assert columns[0]["clauses"]["MRR@10"] != columns[1]["clauses"]["MRR@10"]


def test_mistakes(
    documents: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = ["--documents", str(documents), "--index", str(tmp_path / "store")]
    assert main(["evaluate", str(tmp_path / "no.jsonl"), "--model", "a/b", *shared]) == 2
    assert "No file of questions" in capsys.readouterr().err
    with pytest.raises(ModelError, match="nothing is downloaded unasked"):
        compare(questions, documents, ["own/no-such-model"], tmp_path / "kept")


def test_folder_names_are_readable_and_differ() -> None:
    names = [folder_name(model) for model in ("BAAI/bge-m3", "other/bge-m3", "http://h:1/v1#bge-m3", None)]
    assert all(name.startswith("bge-m3-") for name in names[:3])
    assert len(set(names)) == 4
