"""The words of the comparison page in Chinese and English; what documents say stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CompareWords:
    """Every text of the page in one language; ``{…}`` are filled in where they are used."""

    title: str
    intro: str
    topic: str
    topic_hint: str
    compare: str
    regions: str
    every_region: str
    suggested: str
    shared_by: str
    head: str
    spoken: str
    respelled: str
    region: str
    says: str
    bodies: str
    due: str
    figures: str
    source: str
    silent: str
    unstated: str
    general: str
    rest: str
    file_name: str
    picture: str
    picture_hint: str


ZH: Final = CompareWords(
    title="地区对比",
    intro="同一件事，各地文件分别怎么规定：原文、单位、时限、数值，一地一行。",
    topic="主题",
    topic_hint="如 海绵城市、养老服务、再生水利用",
    compare="对比",
    regions="地区",
    every_region="（不选即全部地区）",
    suggested="多地共有的主题",
    shared_by="{count} 个地区",
    head="“{topic}”在 {count} 个地区",
    spoken="{count} 个地区有规定",
    respelled="“{wrong}”按“{right}”理解。",
    region="地区",
    says="规定（原文）",
    bodies="责任单位",
    due="时限",
    figures="目标与资金",
    source="出处",
    silent="本文件未作规定",
    unstated="未写明",
    general="全文统一写明",
    rest="同条其他 {count} 项",
    file_name="地区对比",
    picture="目标值对比",
    picture_hint="只画所引原文中的数值；不同单位分图显示。",
)

EN: Final = CompareWords(
    title="Compare regions",
    intro="What each region's documents say of one subject: the words, agencies, deadlines and figures.",
    topic="Topic",
    topic_hint="as 海绵城市, 养老服务, 再生水利用",
    compare="Compare",
    regions="Regions",
    every_region="(none ticked: all)",
    suggested="Topics that several regions share",
    shared_by="{count} regions",
    head="“{topic}” in {count} regions",
    spoken="{count} of them speak of it",
    respelled="“{wrong}” was read as “{right}”.",
    region="Region",
    says="What the document says",
    bodies="Agencies",
    due="Deadline",
    figures="Targets and money",
    source="Source",
    silent="The document does not say (本文件未作规定)",
    unstated="not stated",
    general="Said once for all tasks",
    rest="{count} more in the clause",
    file_name="comparison",
    picture="Targets side by side",
    picture_hint="Only figures that stand in the quotes; each unit has a chart of its own.",
)


def compare_words(language: str) -> CompareWords:
    """The page's words in that language; Chinese for any language it does not have."""
    return EN if language == "en" else ZH
