"""Query → hits: candidates of the regions, scored (``fused``), moved, read by the judge, and put in order.

Scores are higher-is-better throughout.  What the question names (an agency, an appendix, a kind of fact)
moves clauses up; the best are read by the judge, whose word goes into their score; a reranker, where one is
given, then puts the best in its order.  Whether the hits answer is decided later.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from index.engines.selection import Selection
from index.entries import Entry
from index.language.years import YEAR, tells_any, years_told
from index.search.index import Index
from index.search.links import folded_name
from qa.judgement import Found
from qa.notes import Notes
from qa.question.kinds import KINDS, holds_kind
from qa.question.places import spoken_forms
from qa.records import Hit, Query
from qa.search.clause_judge import shipped_judge
from qa.search.fused import Scores, asked_in_full, score
from qa.search.judged import Judged, judge_clauses
from qa.search.rerank import RERANKED, Reranker, reranked

FACT_BONUS = 0.5
"""For a clause with the kind of fact asked for (an agency, a year, a quantity), in standard deviations; R@5
of the further policy questions .988 → 1."""
FRONT_MALUS = 1.0
"""Off a front or a signature where the question is not about the document, in standard deviations: notices
MRR .904 → .908."""
OF_YEAR = 0.5
"""For a clause of a document that date, number or title make one of a year asked for (柳河县2023年的奖励), in
standard deviations: R@1 of plans .663 with 0, .669 with .5, 1, 1.5 (`python -m training.fit_answer`)."""
NEARLY_EQUAL = 0.5
"""A clause of a document that does not hold today (repealed, expired, not yet in force) stands behind those
of documents of its region that do whose log odds (where none was read: score, its document's words left out)
lie no more than this below its own.
No figure tells 0, .5 and 1 apart but R@5 of plans (.840, .840, .834; docs/quality.md)."""
JUDGED = 8
"""Clauses that the judge reads; of several regions each gets its share, and no fewer than JUDGED_A_REGION.
With sixteen a hundredth more answers are complete over plans and none over laws and notices; silence is told
as well (AUC of the best word over plans .794 and, with eight, .791; notices .852, .867; laws .853, .858)."""
JUDGED_A_REGION = 3
# 2023年, 2023年2月, 2023
_YEAR_NAMED = re.compile(rf"(?<!\d){YEAR}(?!\d)年?度?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?")
STEP = 2
"""Clauses read at a time, best first."""
LEAD = 2.0
"""How far in score the best clause read leads the best unread one where no more are read.  With 1.5 plans
lose .004 and laws .010 of complete answers, with 2.5 a twentieth more is read (`python -m
training.fit_answer`, docs/decisions/2026-12-02-judge-reads-less.md)."""
SPEAKS = 0.1
"""Log odds that the best must have as well: no offset of silence makes such silent (`qa.evidence.fitted`)."""
JUDGE_WEIGHT = 0.7
"""Weight of the judge's log odds beside the fused score's standard deviations: complete answers in the mean
of four sets .584 with .4, .590 with .7, .585 with 1 (`python -m training.fit_answer`, docs/quality.md)."""


def find(
    query: Query,
    index: Index,
    *,
    top_k: int = 10,
    regions: Sequence[str] | None = None,
    files: Collection[str] | None = None,
    reranker: Reranker | None = None,
    notes: Notes | None = None,
    judging: bool = True,
    judged_among: int = 1,
    worth: Callable[[Entry], bool] | None = None,
) -> list[Hit]:
    """The best clauses for a query, best first, at most ``top_k``; what was searched goes into ``notes``.

    Without ``judging`` the judge reads none, and the hits are in fused order, in a tenth of the time.
    ``judged_among`` says how many such searches share the clauses that the judge reads.  Where ``worth`` is
    given and holds of none of those that it would read, it reads none, and the hits are in fused order.

    ``regions`` are the query's own where None is given.  Documents of other regions are left out; those
    that name no region stay.  Several regions take turns.  ``files`` narrows further; ``reranker`` puts the
    best clauses in its order.
    """
    wanted = query.regions if regions is None else tuple(regions)
    narrowed = [(region,) for region in wanted] if len(wanted) > 1 else [wanted]
    share = max(JUDGED_A_REGION, JUDGED // max(1, len(narrowed), judged_among))
    limits = _Limits(top_k, share if judging else 0, worth)
    searches = [_find_in(query, index, _files_of(one, index, files), limits, reranker) for one in narrowed]
    lists = [one.hits for one in searches]
    hits = list(lists[0]) if len(lists) == 1 else _take_turns(lists, top_k)
    if notes is not None:
        _note(notes, wanted, index, searches, hits)
    return hits


@dataclass(frozen=True, slots=True)
class _Limits:
    """How many hits a search gives, and how many of its clauses the judge reads, if one is worth it."""

    top_k: int
    judged: int
    worth: Callable[[Entry], bool] | None = None


def _take_turns(lists: Sequence[Sequence[Hit]], top_k: int) -> list[Hit]:
    turns = [hits[rank] for rank in range(top_k) for hits in lists if rank < len(hits)]
    return list({hit.key: hit for hit in turns}.values())[:top_k]


@dataclass(frozen=True, slots=True)
class _Searched:
    """What one region's search found: its hits, and what they were ordered by."""

    hits: Sequence[Hit]
    files: Selection | None
    scores: Scores
    bonuses: Mapping[int, float]
    charging: Collection[int]


def _note(
    notes: Notes, regions: Sequence[str], index: Index, searches: Sequence[_Searched], hits: Sequence[Hit]
) -> None:
    """Note the search; a clause that several regions' searches found is noted as the hit that was kept."""
    by = {id(hit): search for search in searches for hit in search.hits}
    found = [_found(rank, hit, by[id(hit)]) for rank, hit in enumerate(hits, 1)]
    chosen = [search.files for search in searches if search.files is not None]
    files = functools.reduce(Selection.joined, chosen) if chosen else None
    names = (info.file for info in index.infos) if files is None else iter(files)
    count = len(index.infos) if files is None else len(files)
    notes.searched(regions, names, count, sum(len(one.bonuses) for one in searches), found)


def _found(rank: int, hit: Hit, search: _Searched) -> Found:
    document, charges = search.scores.documents.get(hit.key, 0.0), hit.key in search.charging
    tokens = search.scores.tokens.get(hit.key, 0.0)
    scores = (hit.score, hit.word_score, hit.vector_score, tokens, document, search.bonuses[hit.key])
    return Found(hit.key, hit.file, hit.region, hit.clause, rank, *scores, charges)


def files_for(regions: Sequence[str], index: Index) -> Selection:
    """The documents searched for these regions: theirs, those of none, and those that name one of them."""
    return index.of_regions((None, *regions), tuple(form for r in regions for form in spoken_forms(r)))


def _files_of(regions: Sequence[str], index: Index, files: Collection[str] | None) -> Selection | None:
    """The files to search: None for all, a selection that may be empty otherwise."""
    if not regions:
        return index.select(files)
    allowed = files_for(regions, index)
    return allowed if files is None else index.select([file for file in files if file in allowed])


def _find_in(
    query: Query, index: Index, files: Selection | None, limits: _Limits, reranker: Reranker | None
) -> _Searched:
    if files is not None and not files:
        return _Searched((), files, Scores({}, {}, {}, {}, {}, {}), {}, ())
    scores = score(query, index, files)
    named = index.keys_by_agency(query.agency, files) if query.agency else []
    entries = {
        entry.key: entry for entry in index.entries({*scores.fused, *named}) if entry.clause.kind != "heading"
    }
    of_year = _of_years(query, index, {entry.file for entry in entries.values()})
    bonuses = {
        key: _bonus(query, entry) + OF_YEAR * (entry.file in of_year) for key, entry in entries.items()
    }
    fused = {key: scores.fused.get(key, 0.0) + bonus for key, bonus in bonuses.items()}
    first = set(named)
    order = sorted(fused, key=lambda key: (key in first, fused[key]), reverse=True)
    order = _printed_once(order, entries)
    most = RERANKED if reranker and limits.judged else limits.judged  # what it puts first has been read
    read = [entries[key] for key in order[:most]]
    is_worth = limits.worth is None or any(map(limits.worth, read))
    odds = _odds(query, index, read, fused) if is_worth else {}
    if odds:
        least = min(odds.values())
        fused = {key: score + JUDGE_WEIGHT * odds.get(key, least) for key, score in fused.items()}
        order.sort(key=lambda key: (key in first, fused[key]), reverse=True)
    if reranker:
        read = [entries[key] for key in order[:RERANKED]]
        fused = reranked(reranker, asked_in_full(query), index, read, fused)
        order.sort(key=lambda key: (key in first, fused[key]), reverse=True)
    equal = odds or {key: scores.own.get(key, 0.0) for key in order[:JUDGED]}
    ended = _ended(query, index, {entries[key].file for key in equal})
    if ended:
        homes = {key: (index.info(entries[key].file).region, entries[key].file in ended) for key in equal}
        fused = _behind(fused, equal, homes)
        order.sort(key=lambda key: (key in first, fused[key]), reverse=True)
    best = order[: max(limits.top_k, len(first))]
    hits = [_hit(entries[key], fused[key], odds.get(key), scores, index) for key in best[: limits.top_k]]
    return _Searched(hits, files, scores, bonuses, first)


def _printed_once(order: Sequence[int], entries: Mapping[int, Entry]) -> list[int]:
    """The keys without those of clauses that the same document prints before, word for word and below the
    same headings (a plan attached to itself): each takes a place among those that are read."""
    kept: dict[tuple[str, tuple[str, ...], str], int] = {}
    for key in order:
        entry = entries[key]
        kept.setdefault((entry.file, entry.clause.path, entry.clause.text), key)
    return list(kept.values())


def _odds(
    query: Query, index: Index, entries: Sequence[Entry], fused: Mapping[int, float]
) -> dict[int, float]:
    """The judge's log odds of clauses by key, read in steps until one leads those that are unread."""
    odds: dict[int, float] = {}
    while len(odds) < len(entries):
        some = entries[len(odds) : len(odds) + STEP]
        odds |= {key: one.odds for key, one in judged(query, index, some).items()}
        scores = {key: fused[key] + JUDGE_WEIGHT * one for key, one in odds.items()}
        best = max(scores, key=scores.__getitem__)
        unread = max((fused[entry.key] for entry in entries[len(odds) :]), default=-math.inf)
        if odds[best] >= SPEAKS and scores[best] - unread >= LEAD:
            break
    return odds


def judged(query: Query, index: Index, entries: Sequence[Entry]) -> dict[int, Judged]:
    """The judge's word on clauses for a query, by key; what was read once is remembered.

    Where a document is of a year asked for and the clause names none, the judge is asked without the year,
    which only the document tells (柳河县2023年的奖励 of a paper of 2023).
    """
    bodies = KINDS[query.asked].of_agencies
    question = asked_in_full(query)
    dated = _of_years(query, index, {entry.file for entry in entries})
    undated = [entry for entry in entries if entry.file in dated and not years_told(entry.clause.text)]
    others = [entry for entry in entries if entry not in undated]
    found = judge_clauses(shipped_judge(), question, index, others, bodies=bodies) if others else {}
    if undated:
        bare = _YEAR_NAMED.sub("", question)
        found |= judge_clauses(shipped_judge(), bare, index, undated, bodies=bodies)
    return {entry.key: found[entry.key] for entry in entries}


def _ended(query: Query, index: Index, files: Collection[str]) -> set[str]:
    """The documents that do not hold today; none whose number or year the question gives."""
    ended = {file for file in files if index.standing(file)}
    ended -= _of_years(query, index, ended)
    asked = folded_name(query.text) if ended else ""
    numbers = {file: folded_name(index.info(file).value("number") or "") for file in ended}
    return {file for file, number in numbers.items() if not number or number not in asked}


def _of_years(query: Query, index: Index, files: Collection[str]) -> set[str]:
    """The documents that a year asked for is the year of: by their date, their number or their title."""
    if not query.years:
        return set()
    infos = [index.info(file) for file in files]
    told = {
        info.file: f"{(info.value('date') or '')[:4]} {info.value('number') or ''} {info.title}"
        for info in infos
    }
    return {file for file, words in told.items() if tells_any(words, query.years)}


def _behind(
    fused: Mapping[int, float], equal: Mapping[int, float], homes: Mapping[int, tuple[str | None, bool]]
) -> dict[int, float]:
    """The scores, those of clauses that do not hold below those of nearly equal ones of their region that do.

    ``equal`` holds what tells whether two are nearly equal; ``homes`` says of each clause its document's
    region, and whether the document does not hold.
    """
    moved = dict(fused)
    for key, (region, ended) in homes.items():
        least = equal[key] - NEARLY_EQUAL
        rivals = [
            fused[other] for other, home in homes.items() if home == (region, False) and equal[other] >= least
        ]
        if ended:
            moved[key] = min([fused[key], *(math.nextafter(score, -math.inf) for score in rivals)])
    return moved


def _bonus(query: Query, entry: Entry) -> float:
    bonus = FACT_BONUS if holds_kind(query.asked, entry.facts) else 0.0
    if entry.clause.kind == "front" and KINDS[query.asked].form != "document":
        bonus -= FRONT_MALUS
    return bonus


def _hit(entry: Entry, score: float, odds: float | None, scores: Scores, index: Index) -> Hit:
    info = index.info(entry.file)
    return Hit(
        key=entry.key,
        file=entry.file,
        title=info.title,
        region=info.region,
        clause=entry.clause,
        facts=entry.facts,
        score=score,
        word_score=scores.words.get(entry.key, 0.0),
        vector_score=scores.vectors.get(entry.key, 0.0),
        answer_odds=odds,
    )
