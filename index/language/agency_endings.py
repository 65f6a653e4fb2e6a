"""What the names of agencies end in, in one place: every list of them, each as the inside of a pattern.

No one list serves all who look for names: words alone may be judged by their last character (城中村 is no
body, 县住建局 is), a signature by anything that signs, a sentence only by what does not begin another word
(委 in 委托).  Look-behinds and look-aheads name the words that an ending must not be part of.
"""

from __future__ import annotations

from typing import Final

FIRMS: Final = "公司|集团|银行"
COURTS: Final = "检察院|法院"
SOCIETIES: Final = "协会|学会|商会|联合会"
SCHOOLS: Final = "学院|大学|学校|中学"
MASS_ORGANISATIONS: Final = "残联|妇联|团委|工商联|总工会"

LAST_CHARACTERS: Final = "局委办厅队部院社司心府会"
"""What the name of one body ends in where the next follows without a mark: 县交通运输局|县水利局."""
DEPARTMENTS: Final = "局|委员会|委|厅|部"
"""What a department of any level is called: 局, 厅, 发改委, 国家卫生健康委员会."""

MINISTRIES: Final = (
    r"外交部|国防部|教育部|科技部|科学技术部|工业和信息化部|工信部|公安部|国家安全部|民政部|司法部|财政部"
    r"|人力资源和?社会保障部|人社部|自然资源部|生态环境部|住房和?城乡建设部|住建部|交通运输部|水利部|农业农村部"
    r"|商务部|文化和?旅游部|应急(?:管理)?部|退役军人(?:事务)?部|国家民委"
)
"""The ministries of the State Council that end in 部 (as of March 2023, gov.cn), short names too."""
SURE: Final = (
    r"^各[^,]*[市县区旗州)]|^各[^,]{0,6}(?:乡镇|街道|镇街|城市|省份)|^各地$|^各[^,]{1,14}部门|(?<![布格大全结邮时当战开])局|(?<![客餐大展舞歌音门])厅"
    r"|(?<![常编政纪居支人推])(?<!(?<!农)村)委|政府|管委会|委员会|(?<!业)委会"
    r"|办公室|办事处|支队|总队|大队|指挥部|总署|政法委|编委|纪委|监委|党工?委|政委"
    r"|组织部|宣传部|统战部|社会工作部|社工部|(?:[省市县区旗]|委|网信|编|通联|外)办|(?:银保|证|银|保)监会"
    r"|人民银行|^人行|分行|支行|中支|营业管理部|外汇管理部|海关|供销社"
    rf"|(?:{MINISTRIES})"
    r"|[市县区旗直关]部门|(?:政府|国务院)[一-鿿]{2,14}部门|主管部门|行政部门|市直单位|县直单位|省直单位|区直单位"
    rf"|{COURTS}|{MASS_ORGANISATIONS}"
)
"""Endings of words that stand alone which only a body has: 县住建局, 发展改革委, 人民政府, 消防救援支队."""
LIKELY: Final = (
    r"中心|医院|单位|部门|机构|企业|机关|办|署|总站|公路段|工务段|管理所|派出所|管理处|事业处|研究[院所]"
    r"|(?:^|[省市县区旗州盟国全])(?:[一-鿿]{0,6})(?:科协|文联|侨联|社科联|贸促会|党校|档案馆|图书馆|博物馆|文化馆"
    r"|水文站|气象[站台]|地震台|推广站|监测站|管理站|农科院|林科院)"
    r"|联盟|执法队|巡察队|工作组|领导小组|专班|合作社|联社|电视台|乡镇|街道|街办|社区|[^全内东西南北中局干]部"
    r"|乡\(镇\)|乡镇\(街道\)|^各.{1,10}[街镇乡村校院区]|开发区|高新区|经开区|示范区|园区|新区|工委|红十字会|工会"
    rf"|{FIRMS}|{SCHOOLS}|{SOCIETIES}"
)
"""Endings of words that stand alone which other nouns share: 服务中心, 公司, 公路段."""
SIGNING: Final = (
    r"人民政府(?:办公[厅室])?|中共中央|政府|委员会|办公[厅室]|管委会|指挥部|领导小组|机制|组|局|厅|部|委|院|署|司|处|办|监会"
    rf"|红十字会|联|中心|基金会|总会|{SOCIETIES}|联社|总队|支队|大队|分行|支行|{FIRMS}|大学|医院|{COURTS}|工会|部门"
)
"""What may sign a document: 宁武县人民政府办公室, 新冠肺炎疫情防控工作领导小组."""
IN_SENTENCES: Final = (
    r"局|厅|委(?!托|派|任|屈|婉|员)|政府(?!工作人员|投资|购买|采购|引导|网站|债)|管委会|委员会|办公室|办事处"
    r"|支队(?!伍)|大队|总队|指挥部|总署|部门?|院|分行|中心(?!城|镇|村|区)|联社|合作社|小学|医院"
    r"|研究所|管理所|派出所|监狱|街道|海关|办(?![理法好学公事结妥件班证])"
    rf"|{FIRMS}|{SOCIETIES}|{SCHOOLS}|{MASS_ORGANISATIONS}"
)
"""Endings of names within a sentence, which no following word may swallow: 委托, 中心城区, 支队伍, 办理."""
SEATED: Final = "政府|管委会|管理委员会|办事处|街道|党工?委"
"""Bodies that stand for a place: 凤凰镇人民政府, 开发区管委会."""
NAMED: Final = (
    r"局|委员会|委|办公室|办|支队|大队|厅|部|中心|集团|公司|银行|法院|检察院|联社"
    r"|人民政府|政府|管委会|领导小组"
)
"""Endings by which a body is found in a short text that has others beside it, tried in this order."""
WITHOUT_ENDING: Final = "残联|妇联|工会|团委|供销社"
"""Bodies that are named without a place before them: 残联."""
ANYWHERE: Final = (
    rf"局|厅|委(?!托)|办(?![法理事])|部门|单位|机构|政府|中心|医院|{FIRMS}|{COURTS}|{SOCIETIES}|{SCHOOLS}"
)
"""Of what a text holds that names any body at all: without one of these it names none."""
