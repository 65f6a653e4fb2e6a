"""What the encoders hold of each token, as numbers that the judge is given beside it.

As `qa.search.matched_tokens` gives it to the packed judge, for batches.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from qa.search.matched_tokens import MATCH_SCALE, VECTOR_SCALE


@dataclass(frozen=True, slots=True)
class Matches:
    """Unit vectors ``asked`` (q, lq, 64) and ``read`` (c, lc, 64), zeros where there is none; ``tells``
    (q, lq): 1 for a token that tells as much as the question's mean."""

    asked: Tensor
    tells: Tensor
    read: Tensor


def inputs(matches: Matches, pairs: Tensor) -> Tensor:
    """(n, lq + lc, 70) of pairs (n, 2) of a question and a clause."""
    asked, read, tells = matches.asked[pairs[:, 0]], matches.read[pairs[:, 1]], matches.tells[pairs[:, 0]]
    cosines = asked.float() @ read.float().transpose(1, 2)
    of_asked = cosines.max(2).values
    of_read, best = cosines.max(1)
    told = tells.gather(1, best)
    none = torch.zeros_like
    each = [
        torch.stack([of_asked * MATCH_SCALE, tells, of_asked * tells * MATCH_SCALE], 2),
        torch.stack([of_read * MATCH_SCALE, told, of_read * told * MATCH_SCALE], 2),
    ]
    sides = (
        torch.cat([asked * VECTOR_SCALE, each[0], none(each[0])], 2),
        torch.cat([read * VECTOR_SCALE, none(each[1]), each[1]], 2),
    )
    return torch.cat(sides, 1)
