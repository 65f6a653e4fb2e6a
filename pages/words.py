"""The interface's words in Chinese and English.

Only the interface: questions, answers and quotes stay in the documents' language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from index.records import DocumentKind
from qa.records import Asked

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """Every text of the interface in one language; ``{…}`` are filled in where they are used."""

    language: Language
    html_lang: str
    name: str
    tagline: str
    other_language: str
    to_dark: str
    documents: str
    document_count: str
    region_count: str
    more_regions: str
    clause_count: str
    no_region: str
    welcome: str
    welcome_more: str
    ask_label: str
    ask_placeholder: str
    ask_button: str
    clear_button: str
    hint: str
    you: str
    understood: str
    regions: str
    every_region: str
    elsewhere: str
    asked_for: str
    agency: str
    years: str
    terms: str
    inherited: str
    afresh: str
    go_on: str
    retry: str
    edit: str
    useful: str
    useless: str
    wrong: str
    comment: str
    thanks: str
    stop: str
    filter_label: str
    filter_regions: str
    filter_documents: str
    export_docx: str
    export_markdown: str
    transcript_name: str
    nothing_to_export: str
    past: str
    past_clear: str
    past_note: str
    more_items: str
    export: str
    export_name: str
    silent: str
    working: str
    copy: str
    copied: str
    sources: str
    nearest: str
    sources_count: str
    sources_empty: str
    sources_none: str
    loaded: str
    more_documents: str
    for_question: str
    open_document: str
    copy_citation: str
    show_whole: str
    show_less: str
    close: str
    outline: str
    cited_here: str
    issuer: str
    number: str
    date: str
    unnumbered: str
    removed: str
    removed_none: str
    removed_count: str
    empty_question: str
    long_question: str
    shortened: str
    failed: str
    kinds: Mapping[DocumentKind, str]
    asked: Mapping[Asked, str]
    reasons: Mapping[str, str]


ZH: Final = Words(
    language="zh",
    html_lang="zh-CN",
    name="条问",
    tagline="向政策文件提问，得到逐字引用的条文和出处",
    other_language="English",
    to_dark="切换深浅色",
    documents="文件",
    document_count="{count} 份文件",
    region_count="{count} 个地区",
    more_regions="等",
    clause_count="{count} 条",
    no_region="未写明地区",
    welcome="问一件事，看文件怎么说",
    welcome_more="每句回答都注明出自哪份文件、哪一条；文件没有规定的，会直接说明。",
    ask_label="您的问题",
    ask_placeholder="请输入问题",
    ask_button="提问",
    clear_button="清空对话",
    hint="Enter 发送，Shift+Enter 换行；可以接着上一问追问。",
    you="提问",
    understood="理解为",
    regions="地区",
    every_region="全部地区",
    elsewhere="库外地区",
    asked_for="问",
    agency="部门",
    years="年份",
    terms="关键词",
    inherited="沿用上文",
    afresh="不沿用上文，重新回答",
    go_on="继续问",
    retry="重新回答",
    edit="修改问题",
    useful="有用",
    useless="无用",
    wrong="引用错误",
    comment="补充说明（可选），按 Enter 提交",
    thanks="已记录，谢谢。",
    stop="停止",
    filter_label="只问这些地区或文件",
    filter_regions="地区（不选为全部）",
    filter_documents="文件（不选为全部）",
    export_docx="导出 Word",
    export_markdown="导出 Markdown",
    transcript_name="条问记录",
    nothing_to_export="还没有可以导出的问答。",
    past="过去的对话",
    past_clear="清除",
    past_note="只保存在这台电脑的浏览器里。",
    more_items="展开其余 {count} 项",
    export="导出台账（Excel）",
    export_name="任务台账",
    silent="文件未作规定",
    working="正在查找条文…",
    copy="复制回答",
    copied="已复制",
    sources="引用原文",
    nearest="最接近的条文",
    sources_count="{count} 处",
    sources_empty="提问后，这里列出回答所引用的条文。",
    loaded="已载入文件",
    more_documents="另有 {count} 份，提问时同样会查找。",
    sources_none="这次回答没有引用条文。",
    for_question="所答问题",
    open_document="查看原文",
    copy_citation="复制引文",
    show_whole="展开整条",
    show_less="收起",
    close="关闭",
    outline="目录",
    cited_here="所引条文",
    issuer="发文机关",
    number="文号",
    date="成文日期",
    unnumbered="无文号",
    removed="整理时移除的内容",
    removed_none="整理时没有移除任何内容，以上即文件全文。",
    removed_count="以下 {count} 处不属于文件正文，未编入条文。",
    empty_question="还没有写问题。请写下想了解的事，例如：哪个部门牵头海绵城市建设？",
    long_question="问题有 {length} 字，最多可以问 {limit} 字。原文仍在输入框里，请删减后再问，一次问一件事。",
    shortened="…（共 {length} 字）",
    failed="这个问题没能回答：{reason}",
    kinds={"正文": "正文", "解读": "解读", "法规": "法规"},
    asked={
        "lead": "牵头单位",
        "agency": "责任单位",
        "deadline": "时间要求",
        "quantity": "数量指标",
        "money": "资金",
        "list": "有哪些",
        "tasks": "部门任务",
        "document": "文件信息",
        "passage": "相关规定",
    },
    reasons={"navigation": "网页导航", "footer": "网页页脚", "advertising": "广告"},
)

EN: Final = Words(
    language="en",
    html_lang="en",
    name="条问 Tiaowen",
    tagline="Ask the policy documents; get the clause itself, word for word, and where it stands",
    other_language="中文",
    to_dark="Light or dark",
    documents="Documents",
    document_count="{count} documents",
    region_count="{count} regions",
    more_regions="and more",
    clause_count="{count} clauses",
    no_region="no region stated",
    welcome="Ask, and read what the documents say",
    welcome_more="Every statement names its document and clause. "
    "Where the documents do not say, the answer says so.",
    ask_label="Your question",
    ask_placeholder="Type a question",
    ask_button="Ask",
    clear_button="Clear conversation",
    hint="Enter sends, Shift+Enter breaks the line; follow-up questions are understood.",
    you="You",
    understood="Understood as",
    regions="Region",
    every_region="all regions",
    elsewhere="Not in the index",
    asked_for="Asked for",
    agency="Agency",
    years="Year",
    terms="Terms",
    inherited="from before",
    afresh="Answer again without it",
    go_on="Go on",
    retry="Answer again",
    edit="Edit question",
    useful="Useful",
    useless="Not useful",
    wrong="Wrong citation",
    comment="A comment on your verdict (optional); Enter sends",
    thanks="Noted, thank you.",
    stop="Stop",
    filter_label="Ask only these regions or documents",
    filter_regions="Regions (none chosen: all)",
    filter_documents="Documents (none chosen: all)",
    export_docx="Export Word",
    export_markdown="Export Markdown",
    transcript_name="conversation",
    nothing_to_export="There is nothing to export yet.",
    past="Past conversations",
    past_clear="Clear",
    past_note="Kept in this browser only.",
    more_items="Show {count} more",
    export="Export as a workbook",
    export_name="ledger",
    silent="The documents do not say",
    working="Looking through the clauses…",
    copy="Copy answer",
    copied="Copied",
    sources="Sources",
    nearest="Nearest clauses",
    sources_count="{count}",
    sources_empty="Once you ask, the clauses that the answer rests on are listed here.",
    loaded="Loaded documents",
    more_documents="{count} more, which are searched as well.",
    sources_none="This answer cites no clause.",
    for_question="In answer to",
    open_document="Open document",
    copy_citation="Copy citation",
    show_whole="Show the whole clause",
    show_less="Show less",
    close="Close",
    outline="Outline",
    cited_here="Cited clause",
    issuer="Issuer",
    number="No.",
    date="Date",
    unnumbered="no document number",
    removed="Removed when the file was cleaned",
    removed_none="Nothing was removed from this file; the text above is all of it.",
    removed_count="{count} stretches that are not the document's own text; no clause holds them.",
    empty_question="There is no question yet. Write what you want to know, as 哪个部门牵头海绵城市建设？",
    long_question="The question has {length} characters; at most {limit} can be asked. "
    "It is still in the box: shorten it and ask about one subject at a time.",
    shortened="… ({length} characters)",
    failed="This question could not be answered: {reason}",
    kinds={"正文": "Plan or notice", "解读": "Official reading", "法规": "Law or regulation"},
    asked={
        "lead": "leading agency",
        "agency": "responsible agencies",
        "deadline": "deadline",
        "quantity": "quantity",
        "money": "money",
        "list": "which ones",
        "tasks": "an agency's tasks",
        "document": "the document itself",
        "passage": "what is said",
    },
    reasons={"navigation": "navigation", "footer": "page footer", "advertising": "advertising"},
)


def words_of(language: str) -> Words:
    """The interface in that language; Chinese for any language it does not have."""
    return EN if language == "en" else ZH
