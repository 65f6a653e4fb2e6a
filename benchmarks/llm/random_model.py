"""A tiny language model with random weights, served by ``transformers serve``: fluent in nonsense only.

Its vocabulary is made of words of the documents, figures, bodies, citations and sentence ends, so that what
it says looks as much like an answer as chance allows.  Nothing is downloaded.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jieba

WORDS, SEED = 110, 20261122
"""Words of the documents in its vocabulary; about one token in 150 then ends an answer."""
CITATIONS = tuple(f"[{number}]" for number in range(1, 9))
ENDS = ("。", "。", "，")
STATED = (
    *("2025年", "2027年底", "30%", "53%", "99亿元", "5个", "35.07公里", "到2031年", "由县公安局", "县住建局"),
    *("市水务局", "县财政局", "牵头", "负责", "不得", "全部", "北京市", "宁武县", "运城市", "成武县"),
)
READY_WITHIN = 120
"""Seconds in which the server must answer."""


def make_model(folder: Path, documents: Path, seed: int = SEED) -> None:
    """Write a model and its tokenizer that ``transformers`` loads from the folder."""
    import torch  # noqa: PLC0415 - seconds
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers  # noqa: PLC0415
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast  # noqa: PLC0415

    text = "".join(path.read_text(encoding="utf-8") for path in sorted(documents.glob("*.txt")))
    words = sorted({word for word in jieba.cut(text) if len(word) > 1 and word.isalpha()})
    chosen = random.Random(seed).sample(words, WORDS)
    pieces = dict.fromkeys(("<unk>", "</s>", *chosen, *STATED, *CITATIONS, *ENDS))
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.decoder = decoders.Fuse()
    whole: Any = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="</s>", unk_token="<unk>")  # type: ignore[no-untyped-call]
    whole.chat_template = "{% for m in messages %}{{ m['content'] }}{% endfor %}"
    whole.save_pretrained(folder)
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=8192,
        eos_token_id=1,
    )
    model = LlamaForCausalLM(config)
    model.generation_config.do_sample = True
    model.save_pretrained(folder)


@contextmanager
def served(folder: Path, log: Path) -> Iterator[str]:
    """The address of a server with the model, as long as it is needed.

    Raises RuntimeError where none comes up.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(folder)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    with log.open("wb") as told:
        process = subprocess.Popen(
            command, stdout=told, stderr=told, env={**os.environ, "HF_HUB_OFFLINE": "1"}
        )
    try:
        _wait(f"http://127.0.0.1:{port}/health", process, log)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"transformers serve did not come up: {log.read_text(errors='replace')[-2000:]}")
