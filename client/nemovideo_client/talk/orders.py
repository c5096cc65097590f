"""The words by which a message asks for something that is not a matter for the chat.

Law: a clause is an order if it has the order's `keyword` and no word but those in its `company`. What an
order does not know ("a *progress* bar", "a video about *export* companies") makes the clause a wish for
the chat. The first order of `ORDERS` that understands a clause has it.

Keywords: all four skills, "User Request Routing" (English and Chinese); where a public skill page adds a
word, its number stands beside it. The company is ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nemovideo_client.talk.marks import FILE, LINK, QUOTE

Errand: TypeAlias = Literal["chat", "export", "credits", "state", "upload", "subtitles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How an order is worded.

    `asked`: what a clause must have besides, when it follows a wish in the same sentence (`a video about
    cards and balance` asks for no balance).
    """

    errand: Errand
    keyword: re.Pattern[str]
    company: re.Pattern[str]
    asked: re.Pattern[str]

    def understands(self, clause: str) -> bool:
        """Say whether the clause is this order."""
        return self.keyword.search(clause) is not None and self.suits(clause)

    def suits(self, clause: str) -> bool:
        """Say whether the clause has no word that the order does not know."""
        return WORD.search(self.company.sub(" ", clause)) is None


WORD = re.compile(rf"[\w{QUOTE}-{LINK}]")
"""Something that is said: a letter, a digit, or something covered."""


def _any(*rows: str) -> re.Pattern[str]:
    """Match one of many words and phrases, `/` between them; the longest first."""
    words = sorted({word.strip() for row in rows for word in row.split("/")}, key=len, reverse=True)
    latin = "|".join(word for word in words if word.isascii())
    other = "|".join(word for word in words if not word.isascii())
    return re.compile(
        rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9'])" + (f"|{other}" if other else ""), re.IGNORECASE
    )


_COMMON = (
    "please/pls/thanks/thank you/thx/ok/okay/great/perfect/good/nice/cool/awesome/excellent/wonderful",
    "hi/hello/hey/yes/yeah/yep/sure/alright/well/job/looks good/look good/looks great/i like it/love it/all good/like",
    "a/an/the/it/its/it's/this/that/that's/them/these/my/our/i/i'd/i'll/i'm/we/me/us/you/to/of/for/in/on/at/with",
    "and/then/so/just/also/now/next/finally/right now/right away/after that/once more/again/asap/let's/go ahead",
    "can/could/would/will/want/need/would like/may/how/how do/do/is it possible/be able/what/help me",
    "when it's done/when it's ready/once it's done/once it's ready/when you're done/once you're done/when done/when finished",
    "i'm done/we're done/all done/when you can/whenever you can/if you can/when you're ready/if possible/over to you",
    "请/帮我/帮忙/麻烦/给我/我要/我想/想要/想/我/你/能不能/能/可以/可否/一下/下/吧/吗/呢/啊/了/的/这个/那个/它/把/将/现在/先/再/就/并/然后",
    "最后/接着/谢谢/多谢/好的/好/很好/不错/太棒了/太好了/完成后/做完后/之后/后/怎么/如何/直接/马上/帮/给",
)
_VIDEO = (
    "video/videos/movie/film/clip/project/result/results/file/mp4/edit/cut/timeline/footage",
    "final/finished/whole/full/complete/new/edited/current/version",
    "视频/影片/成片/短片/片子/文件/作品/项目/最终版/成品/完整/整个",
)
_EXPORT = (
    "export/download/导出(?![好完]了[吗没])",  # all four skills
    "下载",  # best-ai-music-generator (in the translated copy)
    "save/保存",  # 52907709549, 52452771768
    "render/渲染(?![好完]了[吗没])",
)
_SEND = "send|get|give"  # "send me the video"; "get the video" 52370889394; "get video" 53388910872
_CREDITS = (
    "credits/credit/积分/balance/余额",  # all four skills
    "how many left/how many are left/how many do i have left/how much left",  # 52452771768
    "remaining",  # 53388910872
)
_STATE = (
    "status/状态/show tracks/show me tracks/show the tracks/show me the tracks/show my tracks/显示轨道",  # all four skills
    "现在什么样了/现在什么样/现在怎么样了",  # vendor skill 4.4
    "show timeline/show the timeline/show me the timeline/show my timeline/what's in it/what is in it/what's in the video/what's in my video/what's in the timeline",  # 52370889394
    "progress/what's done/what is done/进度",  # 52452771768
    "show me what we have/show what we have/what do we have",  # 52254560439
    "is it done/is it ready/is it finished/what's on the timeline/what's on my timeline/what is on the timeline",
    "(?:is|has) (?:the|my|our) (?:video|film|movie|clip|export|render) (?:been )?(?:ready|done|finished|complete|rendered|exported)",
    "查看时间线/看看时间线/看一下时间线/显示时间线/看一下轨道/查看轨道/时间线上有什么/时间线里有什么/时间线有什么",
    "好了吗/好了没/做完了吗/完成了吗/导出完了吗/渲染完了吗",
)
_CANCEL = (
    "(?:cancel|stop|abort)(?: the| my| this| that)? (?:export|exporting|download|render|rendering)",
    "(?:取消|停止|中止|终止)(?:这次|当前)?(?:导出|下载|渲染)",
)
"""There is no way to cancel a render: where it stands is the honest answer, and no word of it goes to the chat."""
_UPLOAD = (
    "upload/上传",  # all four skills
    "attached/attachment/attachments/附件",  # vendor skill 4.4
    "attach",
)
_CAPTIONS = "srt/vtt/subtitles/subtitle/captions/caption/字幕"  # 51934287673
_ASK = "how/what/what's/show/check/tell/see/give/any/多少/几/查/看/显示/怎么样/什么样"
_ANYTHING = re.compile("")

SUBTITLES = Order(
    errand="subtitles",
    keyword=re.compile(
        rf"^(?=.*(?<![a-z])(?:srt|vtt)(?![a-z])|.*(?:export|download|save|extract|{_SEND}|导出|下载|保存|提取))"
        r".*(?<![a-z])(?:srt|vtt|subtitles?|captions?)(?![a-z])"
        r"|(?:导出|下载|保存|提取).{0,20}字幕|字幕.{0,20}(?:导出|下载|保存|提取|发给)",
        re.IGNORECASE | re.DOTALL,
    ),
    company=_any(
        *_COMMON,
        *_EXPORT,
        _CAPTIONS,
        f"send/get/give/extract/as/file/files/only/track/text/format/提取/成/为/格式/文件/发给/{FILE}+",
    ),
    asked=_ANYTHING,
)
EXPORT = Order(
    errand="export",
    keyword=re.compile(
        rf"{_any(*_EXPORT).pattern}|(?<![a-z])(?:{_SEND})(?: me| over)?(?: the| my)?(?: final| finished| whole)?"
        r" (?:video|movie|film|file|mp4|result)(?![a-z])|(?<![a-z])send it (?:to me|over)(?![a-z])"
        r"|(?:视频|成片|影片|片子|文件|它|成品)(?:\w{0,3})发(?:给)?我|发(?:给)?我(?:视频|成片|影片|成品)",
        re.IGNORECASE,
    ),
    company=_any(
        *_COMMON,
        *_EXPORT,
        *_VIDEO,
        r"\d{3,4}p/[248]k/\d+ ?fps/full hd/hd/uhd/h\.?26[45]/hevc/resolution/quality/high/highest/best/format/as/without/watermark",
        f"send/send it to me/get/give/over/desktop/computer/laptop/phone/disk/device/here/folder/downloads/link/{FILE}+",
        "finish/finish up/finish it up/wrap it up/gif/wav/mp3/webm/prores",
        "tiktok/youtube/instagram/reels/shorts/whatsapp/wechat/facebook/mov/抖音/微信/小红书/朋友圈",
        "分辨率/高清/超清/清晰度/格式/发给我/发我/发给/为/成/到/出来/下来/来/本地/电脑/手机/桌面/最高/画质/用",
    ),
    asked=_ANYTHING,
)
CREDITS = Order(
    errand="credits",
    keyword=_any(*_CREDITS),
    company=_any(
        *_COMMON,
        *_CREDITS,
        "how many/how much/many/much/have/has/left/are/is/there/got/still/account/check/show/tell/see/know/what's/any/current/nemo/nemovideo/available",
        "还剩/剩下/剩余/还有/有/多少/几/个/查/看/查询/查看/看看/账户/账号/当前/告诉/可用/用/是/点/我的/显示/剩",
    ),
    asked=_any(_ASK),
)
STATE = Order(
    errand="state",
    keyword=_any(*_STATE, *_CANCEL),
    company=_any(
        *_COMMON,
        *_STATE,
        *_CANCEL,
        *_VIDEO,
        "what's/how's/what is/is/are/show/check/tell/see/give/going/far/update/have/has/there/any/draft/tracks/export/render/done/ready/so far/yet/been made",
        "查/看/查看/看看/查询/显示/轨道/时间线/草稿/怎么样/什么/多少/到/哪/哪里/告诉/当前/是/如何/目前/样/做/导出/渲染",
    ),
    asked=_any(_ASK, *_CANCEL),
)
UPLOAD = Order(
    errand="upload",
    keyword=_any(
        *_UPLOAD,
        f"(?<![a-z])(?:here's|here is|here are|这是|这里是) ?(?:my |the |a )?[{FILE}{LINK}]",
    ),
    company=_any(
        *_COMMON,
        *_UPLOAD,
        *_VIDEO,
        f"{FILE}+/{LINK}+/{_CAPTIONS}",
        "files/clips/photo/photos/picture/pictures/image/images/song/songs/music/track/audio/recording/logo/footage/media/material/materials",
        "here/here's/here is/is/are/see/some/one/two/three/few/more/another/other/all/both/from/url/link/links/draft/use/i've/have",
        "照片/图片/素材/音乐/歌曲/音频/歌/录音/链接/地址/这些/这/几/个/张/首/段/一/两/在/附上/到/来/些/用/见/是/里",
    ),
    asked=_ANYTHING,
)

ORDERS = (SUBTITLES, EXPORT, CREDITS, STATE, UPLOAD)
"""Subtitles first: `export SRT` is no export of the film (51934287673)."""

EXPORT_ANYWAY = re.compile(
    r"(?:(?:please|can you|could you|now|then|just|and|i want to|i'd like to|let's) )*export"
    r" (?:it|this|that|them|everything|all|now|as|with|without|for|to|in|at|using|the|my|a|an|only|just|first|last"
    r"|vertical\w*|horizontal\w*|portrait|landscape|square|\d\S*|(?:\w+ )?(?:video|film|movie|clip|project|timeline|result))"
    r"(?![a-z])(?! (?:company|trade|business))"
    r"|(?:请|帮我|给我){0,4}(?:把\w{0,8}(?:视频|成片|影片|片子|它))?导出(?:到|为|成|来|前|最|第|竖屏|横屏)",
    re.IGNORECASE,
)
"""A clause that opens so is an export whatever else it says: "export" never goes to the chat (vendor skill 4.4).
What else it says is dropped: a render takes no wishes.
"""

CARRIED: dict[Errand, tuple[str, ...]] = {
    "export": ("export ", "导出"),
    "subtitles": ("export ", "导出"),
    "credits": ("show ", "查看"),
    "state": ("show ", "查看"),
}
"""The verb of an order that holds for the clause after it: `export the subtitles and the video`."""

PHRASES = re.compile(
    r"(?<![a-z])(?:import\w*(?: and | & |/|, )export\w*|export\w*(?: and | & |/|, )import\w*"
    r"|upload\w*(?: and | & |/)download\w*|download\w*(?: and | & |/)upload\w*)",
    re.IGNORECASE,
)
"""Pairs of nouns that look like two orders."""
