"""Takes out of a text what is not the document's: navigation, footers, advertising, marks that nobody sees.

The clean text is the text with stretches taken out and nothing else changed; ``restore`` puts them back.
What stands between sentences of the document is left alone however odd it looks: navigation is looked
for only at the head, footers only at the end.  Metadata tables (索引号, 文号, 成文日期) are content and stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from index.language.folding import INVISIBLE
from index.language.years import YEAR
from index.reading.extracted import Furniture
from index.reading.page_traces import broken_sentences, contents
from index.reading.printed_twice import printed_twice
from index.records import Grid, Removal


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text and what was taken out of it, in order."""

    text: str
    removals: tuple[Removal, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    reason: str


# Zero-width and direction marks: U+200B, U+FEFF, soft hyphen, control characters.
_INVISIBLE = re.compile(rf"[{INVISIBLE}\x00-\x08\x0e-\x1f\x7f]+")
_STRUCK = re.compile(r"~~(?=[^\s~])[^~\n]{1,300}(?<=\S)~~(?!~)")  # ~~每月50元~~, as Markdown strikes out
_MARKUP = re.compile(
    r"<!--(?:(?!<!--).)*?-->[ \t]*\n?"  # <!-- INFO END -->; not past another <!--, which would take for ever
    r"|(?m:^#{1,6}[ \t]+)",  # ## 第一章 总则
    re.DOTALL,
)
# Gambling advertising put into a page in place of other words: 365体育投注, bet365官网, 澳门新葡京娱乐城.
# A year (2024彩票投注…) is no brand, and 彩票投注站, 投注额 are things that a regulation speaks of.
_ADVERTISING = re.compile(
    rf"(?:(?<![0-9A-Za-z])(?!{YEAR}(?![0-9]))[0-9A-Za-z]{{2,8}}"
    r"(?:体育|娱乐|彩票|博彩|棋牌|真人|足球|电竞|电子)+(?:在线|网上)?(?:投注|博彩|现金网|娱乐[城场]|外围|下注)"
    r"|(?:bet365|365bet|必威|亚博|澳门?新葡京|澳门威尼斯人|澳门金沙|永利|华体会|乐鱼体育|开云体育|凯发)"
    r"(?:体育|娱乐|国际|彩票|棋牌|真人)*(?:在线)?(?:官网|官方网站|投注|平台|现金网|娱乐[城场]|网址|注册|登录|下载|app)"
    r"|(?:百家乐|老虎机|时时彩|六合彩|北京赛车|真人娱乐)(?:在线|网上)?(?:官网|娱乐[城场]|开户|注册|app))"
    r"(?:官网|官方网站|平台|网址|app)?(?![站点额者机厅所])",
    re.IGNORECASE,
)

# A line of the page's frame: 字号: 大 中 小 / 浏览量:123 / 分享到: / 打印本页
_FRAME_LINE = (
    r"(?:[【\[]?\s*(?:(?:文字|页面)?字[号体](?:大小)?|视力保护色|浏览(?:量|次数|数)?|阅读(?:量|次数|数)?|点击(?:量|次数|数|率)?|访问(?:量|次数)?"
    r"|人气)\s*[:：][ \t\xa0\u3000\d大中小默认次]*[】\]]?"
    r"|分享(?:到|至)?\s*[:：]?(?:\s*(?:微信|微博|QQ空间|QQ|新浪微博))*"
    r"|[【\[]?\s*(?:打印(?:本页|此页|文章)?|收藏|朗读|繁体|无障碍(?:浏览)?|长者(?:模式|助手)|返回(?:首页|上一页|顶部)?)\s*[】\]]?)"
)
# A breadcrumb: 当前位置:首页 - 政务公开 - 政策解读, 首页 > 政务公开 > 正文内容.
_CRUMBS = re.compile(
    r"(?:您?(?:当前|现在)?(?:所在)?的?位置(?:是)?\s*[:：]\s*)?(?:网站|本站)?首\s*页"
    r"(?:\s*(?:>+|&gt;|-+|/|»|›|→|﹥|>|\||\\)\s*[^\s>\-/»›→﹥>|\\]{0,20})+"
)
_LAST_CRUMB = re.compile(r"[^\s>\-/»›→﹥>|\\]+$")
_TITLE_WORDS = re.compile(r"关于|通知|方案|办法|意见|规定|条例|公告|通告|解读[】:]")
_HEAD_FRAME = re.compile(rf"{_FRAME_LINE}(?=\s|$)")
# How far a head reaches: to the first sentence, and no further than this. Of the five documents the longest
# head (成武县, two metadata tables) has 640 characters.
HEAD_LENGTH = 1500
_SENTENCE = re.compile(r"[。;;]|[^\n]{120}")

# What closes a page. Only a footer that says so by itself (a site's registration, 扫一扫, 打印 关闭) lets the
# weaker words around it be read as one: 主办 and 地址 may also close a notice.
_SURE = (
    r"扫一扫\s*(?:在?手机(?:上)?(?:打开|查看|浏览|访问)?当前页面?)?|在手机(?:上)?(?:打开|查看)当前页面?"
    r"|[【\[]?\s*打印(?:本页|此页|文章)?\s*[】\]]?\s*[【\[]?\s*关闭(?:本页|窗口)?\s*[】\]]?"
    r"|[【\[]?\s*关闭(?:本页|窗口)\s*[】\]]?"
    r"|[一-鿿]?公网安备\s*\d{6,}号?|[一-鿿]ICP备\s*\d+号?(?:-\d+)?|[一-鿿]?ICP[备证][^\s]{0,20}|网站标识码\s*[:：]?\s*\w+"
    r"|版权所有[^\n。]{0,40}|网站地图|隐私(?:声明|政策|保护)|相关下载|分享(?:到|至)?\s*[:：]"
    r"|责任编辑\s*[:：]\s*[一-鿿]{0,4}|[【\[](?:网络|责任)编辑[:：][^\]】]{0,8}[】\]](?:\s*[【\[]信息审核[:：][^\]】]{0,8}[】\]])?"
    r"|相关(?:稿件|文章|阅读|新闻)(?:\s[^。\n]{0,200})?"
)
_SITE = (
    r"(?:主办|承办|协办|技术支持|运行维护|维护|主管)(?:单位)?\s*[:：]\s*[^\s。]{2,30}|联系我们|关于我们|站点地图|使用帮助|设为首页|加入收藏"
    r"|相关解读|相关链接|友情链接|返回顶部|上一[篇条][:：][^\n]{0,60}|下一[篇条][:：][^\n]{0,60}"
)
_CONTACT = r"(?:地址|联系地址|邮编|邮政编码|电话|联系电话|传真|邮箱)\s*[:：]\s*[^\s。]{2,40}"
_FOOTER = re.compile(rf"(?:(?P<sure>{_SURE})|(?P<site>{_SITE})|(?P<contact>{_CONTACT}))\s*$")
# A whole line of it, or its last part after a blank: 某市人民政府 版权所有
_ENDS_PAGE = re.compile(rf"(?:.*\s)?(?:{_SURE})\s*")
# A footer begins a line, or follows a blank or the end of a sentence where line breaks were lost.
_BEFORE_FOOTER = re.compile(r"(?<=[\s。)）】\]|日”])")
FOOTER_LENGTH = 260
"""The longest single entry at the end of a page that is looked at (a list of related articles)."""


def clean(text: str, furniture: Sequence[Furniture] = ()) -> Cleaned:
    """Take out what is not the document's.  Reasons: invisible, markup, advertising, navigation, footer,
    contents (a 目录 with page numbers), line break (of a page's end inside a sentence), printed twice,
    and those of the ``furniture``, which a reader has marked.

    ``restore(clean(text)) == text`` for every text.
    """
    return _take_out(text, _found(text, [_Stretch(one.start, one.end, one.reason) for one in furniture]))


def ends_page(line: str) -> bool:
    """True for a line that only the end of a web page has: 扫一扫在手机打开当前页, 网站标识码：…"""
    return _ENDS_PAGE.fullmatch(line) is not None


def in_clean(at: int, removals: Sequence[Removal]) -> int:
    """Where an offset of the file's text stands in the clean text; what was taken out stands at its gap."""
    gone = 0
    for removal in removals:
        begin = removal.at + gone
        if at <= begin:
            break
        gone += min(len(removal.text), at - begin)
    return at - gone


def grids_in_clean(grids: Sequence[Grid], removals: Sequence[Removal]) -> tuple[Grid, ...]:
    """The tables in offsets of the clean text; a row of which nothing is left falls away with its table."""
    gaps, begins, gone = [0], [0], 0
    for removal in removals:
        begins.append(removal.at + gone)
        gone += len(removal.text)
        gaps.append(gone)

    def moved(at: int) -> int:
        """As `in_clean`, for many offsets."""
        number = bisect_left(begins, at, lo=1) - 1
        return max(at - gaps[number], begins[number] - gaps[number - 1]) if number else at

    found = []
    for grid in grids:
        rows = []
        for row in grid.rows:
            cells = tuple(replace(one, start=moved(one.start), end=moved(one.end)) for one in row.cells)
            if (start := moved(row.start)) < (end := moved(row.end)):
                rows.append(replace(row, start=start, end=end, cells=cells))
        if rows:
            found.append(Grid(tuple(rows)))
    return tuple(found)


def restore(cleaned: Cleaned) -> str:
    """The text as it was before ``clean``."""
    parts: list[str] = []
    done = 0
    for removal in cleaned.removals:
        parts += [cleaned.text[done : removal.at], removal.text]
        done = removal.at
    parts.append(cleaned.text[done:])
    return "".join(parts)


def _found(text: str, furniture: list[_Stretch]) -> list[_Stretch]:
    """Stretches to take out, in order, apart from one another."""
    # The patterns are to see words that an invisible character splits (扫\u200b一扫), and past a page number.
    hidden = [(stretch.start, stretch.end) for stretch in furniture]
    hidden += [found.span() for found in _INVISIBLE.finditer(text)]
    kept: list[tuple[int, int]] = []
    done = 0
    for start, end in sorted(hidden):
        if done < start:
            kept.append((done, start))
        done = max(done, end)
    kept.append((done, len(text)))
    seen = "".join([text[start:end] for start, end in kept])
    begins = [0, *accumulate(end - start for start, end in kept)]

    def place(at: int) -> int:
        """Where a character of ``seen`` stands in the text."""
        number = bisect_right(begins, at) - 1
        return kept[number][0] + at - begins[number]

    inner = list[_Stretch]()
    if "<!--" in seen or "#" in seen:
        inner += [_Stretch(m.start(), m.end(), "markup") for m in _MARKUP.finditer(seen)]
    if "~~" in seen:
        inner += [_Stretch(m.start(), m.end(), "struck out") for m in _STRUCK.finditer(seen)]
    inner += [_Stretch(m.start(), m.end(), "advertising") for m in _ADVERTISING.finditer(seen)]
    inner += _navigation(seen)
    inner += _footer(seen)
    inner += [_Stretch(start, end, "contents") for start, end in contents(seen)]
    inner += [_Stretch(start, end, "line break") for start, end in broken_sentences(seen)]
    inner += [_Stretch(start, end, "printed twice") for start, end in printed_twice(seen)]
    outer = [_Stretch(place(s.start), place(s.end - 1) + 1, s.reason) for s in inner]
    return list(_apart([*outer, *furniture, *_invisible(text)]))


def _invisible(text: str) -> Iterator[_Stretch]:
    """Invisible characters: nobody sees them in the file or in a quote, and inside a word nobody finds it."""
    return (_Stretch(found.start(), found.end(), "invisible") for found in _INVISIBLE.finditer(text))


def _apart(stretches: list[_Stretch]) -> Iterator[_Stretch]:
    """Drop what lies in an earlier, longer stretch; cut what runs over its end."""
    done = 0
    for stretch in sorted(stretches, key=lambda s: (s.start, -s.end)):
        start = max(stretch.start, done)
        if start < stretch.end:
            yield _Stretch(start, stretch.end, stretch.reason)
            done = stretch.end


def _take_out(text: str, stretches: list[_Stretch]) -> Cleaned:
    parts: list[str] = []
    removals: list[Removal] = []
    done = length = 0
    for stretch in stretches:
        parts.append(text[done : stretch.start])
        length += stretch.start - done
        removals.append(Removal(length, text[stretch.start : stretch.end], stretch.reason))
        done = stretch.end
    parts.append(text[done:])
    return Cleaned("".join(parts), tuple(removals))


def _navigation(text: str) -> Iterator[_Stretch]:
    """Breadcrumbs and the page's frame before the first sentence."""
    sentence = _SENTENCE.search(text, 0, HEAD_LENGTH)
    end = min(len(text), HEAD_LENGTH, sentence.end() if sentence else HEAD_LENGTH)
    crumbs = _CRUMBS.match(text, len(text) - len(text.lstrip()), end)
    start = 0
    if crumbs:
        last = _LAST_CRUMB.search(crumbs.group())
        # The last crumb may be the title itself, which is the document's.
        keeps = bool(last and _TITLE_WORDS.search(last.group()))
        start = crumbs.start() + last.start() if last and keeps else crumbs.end()
        yield _Stretch(crumbs.start(), start, "navigation")
    for found in re.finditer(r"(?:^|(?<=\s))\S", text[:end]):
        frame = _HEAD_FRAME.match(text, found.start())
        if frame and frame.start() >= start and frame.end() <= end and frame.group().strip():
            start = frame.end()
            yield _Stretch(frame.start(), frame.end(), "navigation")


def _footer(text: str) -> Iterator[_Stretch]:
    """The run of footer entries that ends the text, one stretch."""
    end = len(text.rstrip())
    begin = end
    sure = False
    while entry := _last_entry(text, end):
        kind = entry.lastgroup
        end = len(text[: entry.start()].rstrip())
        sure = sure or kind == "sure"
        # A contact alone may be the notice's own: it belongs to the footer only with more footer before it.
        if sure and kind != "contact":
            begin = entry.start()
    if begin < len(text.rstrip()):
        yield _Stretch(begin, len(text), "footer")


def _last_entry(text: str, end: int) -> re.Match[str] | None:
    """The longest footer entry that ends at ``end`` and begins a line or follows a blank."""
    floor = max(0, end - FOOTER_LENGTH)
    begins = [opening.start() for opening in _BEFORE_FOOTER.finditer(text, floor, end - 1)]
    for start in sorted({*begins, 0} if floor == 0 else begins):
        found = _FOOTER.match(text, start, end)
        if found and found.end() == end:
            return found
    return None
