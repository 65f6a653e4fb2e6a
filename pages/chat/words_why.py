"""The words of the folded line 为什么这样回答, in Chinese and English: plain ones, for any reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pages.common.words import Language
from qa.judgement import CheckName


@dataclass(frozen=True, slots=True)
class WhyWords:
    """Every text of it in one language; ``{…}`` are filled in where they are used.

    ``unknown`` and ``inherited`` stand behind a word of the subject; ``cited`` and ``further`` behind a
    clause; ``failed`` says of each test what it means that it was not passed.
    """

    title: str
    understood: str
    subject: str
    no_subject: str
    weight: str
    unknown: str
    inherited: str
    searched: str
    everywhere: str
    documents: str
    one_document: str
    and_more: str
    compared: str
    cited: str
    further: str
    same_words: str
    same_meaning: str
    in_all: str
    holds: str
    heading_holds: str
    states: str
    states_not: str
    silenced: str
    whole_answer: str
    measured: str
    stop: str
    failed: Mapping[CheckName, str]


ZH: Final = WhyWords(
    title="为什么这样回答",
    understood="问题理解",
    subject="关键词及分量",
    no_subject="没有读出关键词",
    weight="{word} {share}",
    unknown="库中文件没有这个词",
    inherited="沿用上文",
    searched="查找范围",
    everywhere="全部地区",
    documents="{count} 份文件：{names}",
    one_document="文件：{names}",
    and_more="等",
    compared="比对了 {count} 条",
    cited="已引用",
    further="未引用",
    same_words="词语相符 {value}",
    same_meaning="意思相近 {value}",
    in_all="综合得分 {value}",
    holds="含关键词 {value}",
    heading_holds="标题含关键词 {value}",
    states="写有所问的内容",
    states_not="没有写所问的内容",
    silenced="为什么没有作答",
    whole_answer="整个回答",
    measured="（测得 {value}，界限 {threshold}）",
    stop="；",
    failed={
        "asks_something": "没有读出要在文件中查找的事项",
        "region_known": "库中没有这个地区的文件，其他文件也没有写到它",
        "subject_read": "没有读出要问的事项",
        "found": "没有找到条款",
        "names_place": "条款没有写到所问的地方",
        "words_known": "问题中的多数词语在库中文件里没有出现",
        "thing_known": "所问的事物在库中文件里没有出现",
        "doubt": "条款与所问事项的关联不够",
        "spread": "所含关键词明显少于其他地区的条款",
        "near_best": "与最相关的条款相差较多",
        "years": "条款写的是其他年份",
        "particulars": "条款没有写到所问的具体内容",
        "states_kind": "条款没有写明所问的内容",
        "holds_subject": "没有包含全部关键词",
        "noun_held": "这些文件里没有所问的词语",
        "region_holds_words": "该地区的文件没有包含全部关键词",
        "region_speaks": "没有包含全部关键词",
        "no_plan": "文件布置的任务较多，按整句引用",
        "span_shorter": "摘出的片段不比整句短",
        "span_gain": "摘出的片段不如整句合适",
        "passage_near": "有的语句与所问内容相差较多，没有引用",
        "passage_whole": "有的语句没有包含全部关键词",
        "quote_whole": "引文没有包含全部关键词",
        "same_subject": "有的语句说的不完全是所问事项",
        "heading_whole": "标题没有包含全部关键词",
        "names_thing": "有的数值所指的不是所问事物",
        "around_names_thing": "有的数值所在语句说的不是所问事物",
        "on_topic": "任务与所问领域无关",
        "tasks_found": "没有条款把任务交给这个单位",
        "due_found": "没有条款写明这些年份的时限",
        "field_printed": "文件没有写明所问的信息",
    },
)

EN: Final = WhyWords(
    title="Why this answer",
    understood="Understood as",
    subject="Words of the subject, by weight",
    no_subject="no word of a subject was read",
    weight="{word} {share}",
    unknown="in no document held",
    inherited="from before",
    searched="Searched",
    everywhere="all regions",
    documents="{count} documents: {names}",
    one_document="{names}",
    and_more=" and others",
    compared="{count} clauses compared",
    cited="cited",
    further="not cited",
    same_words="same words {value}",
    same_meaning="same meaning {value}",
    in_all="in all {value}",
    holds="holds {value} of the subject",
    heading_holds="its headings hold {value}",
    states="states what is asked",
    states_not="does not state what is asked",
    silenced="Why nothing was answered",
    whole_answer="the whole answer",
    measured=" (measured {value}, limit {threshold})",
    stop="; ",
    failed={
        "asks_something": "nothing to look for in the documents was read in the question",
        "region_known": "no document held is of this region, and none speaks of it",
        "subject_read": "what is asked about was not read in the question",
        "found": "no clause was found",
        "names_place": "the clause does not name the place asked about",
        "words_known": "most words of the question stand in no document held",
        "thing_known": "the thing asked about stands in no document held",
        "doubt": "the clause is not close enough to what is asked",
        "spread": "it holds much less of the subject than other regions' clauses",
        "near_best": "it is far behind the best clause",
        "years": "the clause speaks of other years",
        "particulars": "the clause does not hold the particular asked for",
        "states_kind": "the clause does not state what is asked",
        "holds_subject": "it does not hold the whole subject",
        "noun_held": "a word of the subject stands nowhere in these documents",
        "region_holds_words": "the region's documents do not hold the whole subject",
        "region_speaks": "it does not hold the whole subject",
        "no_plan": "the document sets many tasks, so whole sentences are quoted",
        "span_shorter": "the stretch found is no shorter than its sentences",
        "span_gain": "the stretch found is no better than its sentences",
        "passage_near": "some sentences are too far from what is asked to be quoted",
        "passage_whole": "some sentences do not hold the whole subject",
        "quote_whole": "the quote does not hold the whole subject",
        "same_subject": "some sentences are not quite on the subject",
        "heading_whole": "the heading does not hold the whole subject",
        "names_thing": "some figures measure something else",
        "around_names_thing": "some figures stand in sentences on something else",
        "on_topic": "the task is of another field",
        "tasks_found": "no clause charges this body with a task",
        "due_found": "no clause sets a deadline in these years",
        "field_printed": "the document does not print what is asked",
    },
)


def why_words(language: Language) -> WhyWords:
    """The words in a language."""
    return EN if language == "en" else ZH
