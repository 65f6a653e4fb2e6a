"""The words of the documents page in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from index.build.edits import EditableField
from index.build.preview import Warned
from pages.common.words import Language


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """Every text of the documents page in one language; ``{…}`` are filled in where they are used."""

    heading: str
    lead: str
    reader_only: str
    search: str
    search_hint: str
    found: str
    found_none: str
    narrow: str
    clauses: str
    facts: str
    covered: str
    added: str
    edited: str
    edit: str
    remove: str
    cancel: str
    save: str
    saved: str
    unchanged: str
    original: str
    original_none: str
    clear_hint: str
    fields: Mapping[EditableField, str]
    ask_remove: str
    remove_uploaded: str
    remove_kept: str
    removed: str
    removed_kept: str
    drop: str
    choose: str
    limits: str
    sending: str
    too_many: str
    too_large: str
    empty_file: str
    wrong_ending: str
    bad_name: str
    unreadable: str
    staged: str
    staged_lead: str
    is_new: str
    is_replacing: str
    is_same: str
    is_twin: str
    take: str
    take_replacing: str
    take_all: str
    dismiss: str
    dismiss_all: str
    taken: str
    left_out: str
    refused: str
    cleaned: str
    cleaned_none: str
    characters: str
    cuts: str
    more_clauses: str
    looks_good: str
    short: str
    shorts: str
    warnings: Mapping[Warned, str]
    upkeep: str
    rebuild: str
    ask_rebuild: str
    rebuild_loses: str
    rebuilt: str
    verify: str
    verified: str
    problems: str
    more_problems: str
    working: str
    not_allowed: str
    failed: str
    errors: Mapping[str, str]
    phases: Mapping[str, str]


ZH: Final = DocumentWords(
    heading="文件库",
    lead="回答只依据这里的文件。",
    reader_only="您可以查看文件；增删和修改由管理员操作。",
    search="查找文件",
    search_hint="查找文件：标题、地区、文号、发文机关",
    found="{count} 份文件",
    found_none="没有符合的文件。",
    narrow="另有 {count} 份未列出，请输入更多字词缩小范围。",
    clauses="{count} 条",
    facts="{count} 项要素",
    covered="收录 {share}",
    added="{date} 收入",
    edited="已修改",
    edit="修改信息",
    remove="移除",
    cancel="取消",
    save="保存",
    saved="已保存《{title}》的信息；以后重建索引时仍然有效。",
    unchanged="没有改动。",
    original="文件原文：{value}",
    original_none="文件原文未写明",
    clear_hint="留空表示文件未写明；改回原文即撤销修改。",
    fields={"title": "标题", "region": "地区", "issuer": "发文机关", "number": "文号", "date": "成文日期"},
    ask_remove="移除这份文件？移除后，回答不再引用它。",
    remove_uploaded="它是在本页上传的，文件夹中的原件也会删除。",
    remove_kept="它不是在本页上传的，文件夹中的原件会保留；重建索引时会再次收入。",
    removed="已移除《{title}》，文件夹中的原件也已删除。",
    removed_kept="已移除《{title}》。原件仍在文件夹中，重建索引时会再次收入。",
    drop="把文件拖到这里，或者",
    choose="选择文件",
    limits="可读 {endings}，每份不超过 {megabytes} MB，一次最多 {most} 份。上传后先预览，确认后才收入。",
    sending="正在读取第 {number}/{count} 份：",
    too_many="一次选了 {count} 份，最多 {most} 份，没有上传任何一份。"
    "请分批上传；整批文件可放进文件夹后重建索引。",
    too_large="文件有 {megabytes} MB，超过 {most} MB 的上限。",
    empty_file="文件是空的。",
    wrong_ending="不能读取这种文件，可读 {endings}。请另存为其中一种再上传。",
    bad_name="文件名不能使用，请改名后再上传。",
    unreadable="读不出文字，原因见下：可能是加密、损坏或改了后缀的文件，或编码不明。"
    "请另存为 docx、pdf 或 UTF-8 文本再上传。",
    staged="待收入",
    staged_lead="下面是收入后的样子，尚未写入文件库。",
    is_new="新文件",
    is_replacing="将替换文件库中的同名文件《{title}》；修改过的信息会沿用",
    is_same="与文件库中的同名文件内容相同",
    is_twin="与文件库中的《{title}》内容相同，只是文件名不同",
    take="收入文件库",
    take_replacing="替换并收入",
    take_all="全部收入（{count} 份）",
    dismiss="不收入",
    dismiss_all="全部不收入",
    taken="已收入 {count} 份文件：{titles}。文件库现有 {documents} 份文件、{clauses} 条。",
    left_out="未能收入：{file}",
    refused="无法收入",
    cleaned="整理时去掉",
    cleaned_none="整理时没有去掉任何内容",
    characters="{reason} {count} 字",
    cuts="查看切分（{count} 条）",
    more_clauses="其余 {count} 条收入后可在原文中查看。",
    looks_good="全文都已编入条文",
    short="缺 {missing} 字",
    shorts="{count} 份文件有较多文字没有读入，且没有原因，请对照原件核对：",
    warnings={
        "lost": "文件中有较多文字没有读入，且没有原因，请对照原件核对",
        "coverage": "有文字没有编入条文，或编入了不止一条",
        "removed": "去掉的内容较多，请核对",
        "numbering": "没有找到条目编号，按段落切分",
        "short": "文字很少，可能不完整",
        "title": "没有找到标题，暂用文件名",
        "region": "没有找到地区",
        "issuer": "没有找到发文机关",
        "number": "没有找到文号",
        "date": "没有找到成文日期",
    },
    upkeep="维护",
    rebuild="重建索引",
    ask_rebuild="从文件夹 {folder} 重新建立索引？期间照常可以提问。",
    rebuild_loses="下列 {count} 份文件不在该文件夹中，重建后不再包含：{files}。",
    rebuilt="重建完成：{documents} 份文件、{clauses} 条，用时 {seconds} 秒。",
    verify="核对索引",
    verified="核对通过：{documents} 份文件、{clauses} 条，校验和、位置与收录均无误。",
    problems="核对发现 {count} 个问题，请重建索引。",
    more_problems="另有 {count} 个问题。",
    working="正在处理",
    not_allowed="您只能查看文件。增删和修改请联系管理员。",
    failed="没有完成。",
    errors={
        "IndexBusy": "文件库正在被另一项操作修改，请稍候再试。",
        "WriteError": "写入失败，请检查磁盘空间和权限。原有内容没有变化。",
        "IndexDamaged": "索引有损坏，请重建索引。",
        "IndexMissing": "找不到索引，请重建索引。",
        "SourceError": "文件不能读取，或者已不在文件库中。",
        "EditError": "填写的内容不能保存，请检查；日期请写成 2025-01-31 的样子。",
        "ModelError": "向量模型不能使用。",
    },
    phases={
        "posting the words": "编排词语",
        "encoding": "计算向量",
        "publishing": "启用新索引",
        "done": "完成",
    },
)

EN: Final = DocumentWords(
    heading="Documents",
    lead="Answers rest on these documents alone.",
    reader_only="You can read the documents; adding and changing them is the administrator's.",
    search="Find a document",
    search_hint="Find a document: title, region, number, issuer",
    found="{count} documents",
    found_none="No document matches.",
    narrow="{count} more are not listed; type more words to narrow the list.",
    clauses="{count} clauses",
    facts="{count} facts",
    covered="{share} covered",
    added="added {date}",
    edited="edited",
    edit="Edit details",
    remove="Remove",
    cancel="Cancel",
    save="Save",
    saved="The details of 《{title}》 are saved and stay so when the index is rebuilt.",
    unchanged="Nothing was changed.",
    original="The file says: {value}",
    original_none="The file does not say",
    clear_hint="Leave empty what the document does not state; putting the file's words back undoes an edit.",
    fields={
        "title": "Title",
        "region": "Region",
        "issuer": "Issuer",
        "number": "Document number",
        "date": "Date",
    },
    ask_remove="Remove this document? Answers will no longer cite it.",
    remove_uploaded="It was uploaded here; its file in the folder is deleted too.",
    remove_kept="It was not uploaded here; its file stays in the folder, and a rebuild takes it in again.",
    removed="《{title}》 is removed, and so is its file in the folder.",
    removed_kept="《{title}》 is removed. Its file is still in the folder; a rebuild takes it in again.",
    drop="Drop files here, or",
    choose="Choose files",
    limits="Reads {endings}; {megabytes} MB a file and {most} files at once at most. "
    "You see a preview first; nothing goes in before you say so.",
    sending="Reading {number} of {count}: ",
    too_many="{count} files were chosen and {most} is the most at once; none was sent. Send fewer at a time, "
    "or put the files into the folder and rebuild the index.",
    too_large="The file has {megabytes} MB; {most} MB is the most.",
    empty_file="The file is empty.",
    wrong_ending="Files of this kind cannot be read; {endings} can. Save it as one of these.",
    bad_name="A file cannot have this name; rename it.",
    unreadable="No text can be read from it, for the reason below: encrypted, damaged, another kind of file, "
    "or an unknown encoding. Save it as docx, pdf or UTF-8 text.",
    staged="Waiting",
    staged_lead="This is what they will be; nothing is in the library yet.",
    is_new="new",
    is_replacing="replaces the document of the same name, 《{title}》; edited details stay",
    is_same="same content as the document of this name in the library",
    is_twin="same content as 《{title}》 in the library, under another file name",
    take="Take it in",
    take_replacing="Replace and take in",
    take_all="Take all in ({count})",
    dismiss="Leave out",
    dismiss_all="Leave all out",
    taken="{count} taken in: {titles}. The library holds {documents} documents, {clauses} clauses.",
    left_out="Not taken in: {file}",
    refused="cannot be taken in",
    cleaned="Removed in cleaning",
    cleaned_none="Nothing was removed in cleaning",
    characters="{reason} {count} characters",
    cuts="How it is cut ({count} clauses)",
    more_clauses="The other {count} can be read once it is in.",
    looks_good="every character is in a clause",
    short="{missing} characters missing",
    shorts="Of {count} documents too much was not read, for no known reason. "
    "Compare them with the originals: ",
    warnings={
        "lost": "too much of the file was not read, for no known reason; compare it with the original",
        "coverage": "some text is in no clause, or in more than one",
        "removed": "much was removed; please check",
        "numbering": "no numbering found; cut by paragraph",
        "short": "very little text; is it whole?",
        "title": "no title found; the file name stands in",
        "region": "no region found",
        "issuer": "no issuer found",
        "number": "no document number found",
        "date": "no date found",
    },
    upkeep="Upkeep",
    rebuild="Rebuild the index",
    ask_rebuild="Build the index again from the folder {folder}? Questions are answered meanwhile.",
    rebuild_loses="{count} documents are not in that folder and will be gone: {files}.",
    rebuilt="Rebuilt: {documents} documents, {clauses} clauses, in {seconds} seconds.",
    verify="Verify the index",
    verified="Verified: {documents} documents, {clauses} clauses; checksums, offsets and coverage all hold.",
    problems="{count} problems found; rebuild the index.",
    more_problems="{count} more problems.",
    working="Working",
    not_allowed="You can only read the documents. Ask the administrator to change them.",
    failed="Not done.",
    errors={
        "IndexBusy": "The library is being changed by someone else; try again in a moment.",
        "WriteError": "Writing failed; check disk space and permissions. What was there is unchanged.",
        "IndexDamaged": "The index is damaged; rebuild it.",
        "IndexMissing": "There is no index; rebuild it.",
        "SourceError": "The file cannot be read, or is no longer in the library.",
        "EditError": "This cannot be saved; check what you typed.",
        "ModelError": "The embedding model cannot be used.",
    },
    phases={name: name for name in ("posting the words", "encoding", "publishing", "done")},
)


def document_words(language: Language) -> DocumentWords:
    """The page's words in that language."""
    return EN if language == "en" else ZH
