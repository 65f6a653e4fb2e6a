"""A real CrossEncoder, made here: the order follows its scores, and all else holds as without it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.clauses.windows import windows
from index.errors import ModelError
from index.search.index import Index, open_index
from index.search.live import LiveIndex
from pages.chat.answering import Answering
from pages.compare.events import CompareEvents
from pages.compare.form import Asked
from qa import ask, search
from qa.__main__ import main
from qa.api.objects import answer_object, hit_objects
from qa.quality.scoring import is_verbatim
from qa.search.rerank import RERANKED, CrossEncoderReranker, load_reranker
from qa.topics.compare import compare_topic
from tests.support.made_models import save_cross_encoder
from web.access.door import Door
from web.application import site_for
from web.settings import Settings

ROOT = Path(__file__).parents[3]
QUESTIONS = ("哪个部门牵头海绵城市建设?", "宁武县恢河防洪能力提升项目总投资多少?", "充电桩怎么建?")


@pytest.fixture(scope="module")
def folder(bert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_cross_encoder(tmp_path_factory.mktemp("models") / "tiny-reranker", bert)


@pytest.fixture(scope="module")
def reranker(folder: Path) -> CrossEncoderReranker:
    return load_reranker(str(folder))


def best_score(index: Index, reranker: CrossEncoderReranker, question: str, key: int) -> float:
    entry = index.entry(key)
    return max(reranker.scores(question, windows(index.document(entry.file), entry.clause)))


@pytest.mark.parametrize("question", QUESTIONS[1:])
def test_the_order_follows_its_scores(
    policy_index: Index, reranker: CrossEncoderReranker, question: str
) -> None:
    before = search(question, top_k=40, index=policy_index)
    after = search(question, top_k=40, index=policy_index, reranker=reranker)
    read, rest = after[:RERANKED], after[RERANKED:]
    assert {hit.key for hit in read} == {hit.key for hit in before[:RERANKED]}
    assert [hit.key for hit in read] != [hit.key for hit in before[:RERANKED]]
    scores = [best_score(policy_index, reranker, question, hit.key) for hit in read]
    assert scores == sorted(scores, reverse=True)
    # The rest stays behind, and the fused scores, now shared out anew, stay the same and in order.
    assert [hit.key for hit in rest] == [hit.key for hit in before[RERANKED:]]
    assert [hit.score for hit in after] == [hit.score for hit in before]


def test_the_scores_are_the_models_own(folder: Path, reranker: CrossEncoderReranker) -> None:
    from sentence_transformers import CrossEncoder

    passages = ["县住建局负责海绵城市建设。", "关于停水的公告", "县住建局负责海绵城市建设。"]
    expected = CrossEncoder(str(folder)).predict([(QUESTIONS[0], passage) for passage in passages])
    assert reranker.scores(QUESTIONS[0], passages) == pytest.approx(expected.tolist(), abs=1e-6)
    assert reranker.scores(QUESTIONS[0], []) == []


def test_answers_still_quote_and_still_fall_silent(
    policy_index: Index, reranker: CrossEncoderReranker
) -> None:
    for question in QUESTIONS:
        answer = ask(question, index=policy_index, reranker=reranker)
        # A model that orders by chance may put nothing first that answers the third: then there is silence.
        assert answer.citations or question == QUESTIONS[2]
        assert all(is_verbatim(citation, policy_index) for citation in answer.citations)
    for question in ("海口市的海绵城市由谁负责?", "杭锦旗的海绵城市建设由谁负责?"):
        assert ask(question, index=policy_index, reranker=reranker).abstained
        assert ask(question, index=policy_index).abstained


def test_it_orders_what_a_narrowed_index_finds(policy_index: Index, reranker: CrossEncoderReranker) -> None:
    found = ask(QUESTIONS[2], regions=["运城市"], index=policy_index, reranker=reranker)
    assert {hit.region for hit in found.hits} == {"运城市"}
    plain = ask(QUESTIONS[2], regions=["运城市"], index=policy_index)
    assert [hit.key for hit in plain.hits] != [hit.key for hit in found.hits]


def test_the_routes_and_the_pages_use_that_of_the_server(
    policy_store: Path, policy_index: Index, reranker: CrossEncoderReranker
) -> None:
    live, settings = LiveIndex(policy_store), Settings(reranker=reranker)
    expected = ask(QUESTIONS[2], index=policy_index, reranker=reranker)
    assert expected != ask(QUESTIONS[2], index=policy_index)
    with TestClient(site_for(live, settings, Door(settings))) as client:
        said = client.post("/api/v1/ask", json={"question": QUESTIONS[2]}).json()
        found = client.post("/api/v1/search", json={"question": QUESTIONS[2]}).json()["hits"]
    assert said == json.loads(json.dumps(answer_object(expected)))
    hits = search(QUESTIONS[2], index=policy_index, reranker=reranker)
    assert found == json.loads(json.dumps(hit_objects(hits)))
    assert Answering(live, reranker=reranker).whole(QUESTIONS[2], ()).answer == expected
    compared = CompareEvents(live, reranker)._compared(Asked("海绵城市"))
    assert compared == compare_topic(policy_index, "海绵城市", reranker=reranker)


def test_several_threads_get_what_one_gets(folder: Path, policy_store: Path) -> None:
    index = open_index(policy_store)

    def keys(question: str, reranker: CrossEncoderReranker) -> list[int]:
        return [hit.key for hit in search(question, index=index, reranker=reranker)]

    expected = [keys(question, load_reranker(str(folder))) for question in QUESTIONS]
    shared = load_reranker(str(folder))
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda question: keys(question, shared), QUESTIONS * 3))
    assert found == expected * 3


@pytest.mark.parametrize("command", ["search", "ask"])
def test_the_option_of_the_command_line(
    capsys: pytest.CaptureFixture[str], policy_store: Path, folder: Path, command: str
) -> None:
    arguments = [command, QUESTIONS[2], "--index", str(policy_store), "--json"]
    assert main([*arguments, "--reranker", str(folder)]) == 0
    with_it = capsys.readouterr().out
    assert main(arguments) == 0
    assert capsys.readouterr().out != with_it
    index, reranker = open_index(policy_store), load_reranker(str(folder))
    assert search(QUESTIONS[2], index=index, reranker=reranker)[0].clause.text[:20] in with_it


def test_what_is_no_reranker_is_refused(bert: Path, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="sorts pairs into 3 kinds"):
        load_reranker(str(save_cross_encoder(tmp_path / "kinds", bert, labels=3)))
    half = Path(shutil.copytree(folder, tmp_path / "half"))
    (half / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"lacks tokenizer\.json"):
        load_reranker(str(half))
    with pytest.raises(
        ModelError, match=r"nothing is downloaded unasked.*hf download BAAI/bge-reranker-base"
    ):
        load_reranker("BAAI/bge-reranker-base")


def test_without_one_nothing_of_it_is_imported(policy_store: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom qa import ask, open_index\n"
        f"ask({QUESTIONS[0]!r}, index=open_index(Path({str(policy_store)!r})))\n"
        "extras = ('torch', 'sentence_transformers', 'transformers', 'openai', 'httpx')\n"
        "print([m for m in extras if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
