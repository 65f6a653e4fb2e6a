"""Characters by sound, and regions in Latin letters, without the phrases of pypinyin."""

from __future__ import annotations

import subprocess
import sys

import pytest

from qa.question.places import in_characters
from qa.question.sounds import sounds, sounds_of


def test_a_character_has_all_its_sounds_without_tones():
    assert sounds_of("重") >= {"zhong", "chong"}
    assert sounds_of("吕") == {"lu"}
    assert "绵" in sounds()["mian"]
    assert sounds_of("A") == frozenset()


@pytest.mark.parametrize(
    ("said", "region", "read"),
    [
        ("parking in Ningwu County", "宁武县", "parking in 宁武县"),
        ("Yun cheng parking", "运城市", "运城市 parking"),
        ("Lüliang", "吕梁市", "吕梁市"),
        ("lvliang", "吕梁市", "吕梁市"),
        ("Luliang city", "吕梁市", "吕梁市"),
        ("Chongqing's plan", "重庆市", "重庆市's plan"),
        ("Ningwulin", "宁武县", "Ningwulin"),
    ],
)
def test_a_region_in_latin_letters(said, region, read):
    assert in_characters(said, [region]) == read


def test_no_phrases_are_loaded():
    """They take 50 MB and a fifth of a second."""
    code = (
        "import sys; from qa.question.places import in_characters\n"
        "assert in_characters('parking in Ningwu', ['宁武县']) == 'parking in 宁武县'\n"
        "print('pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
