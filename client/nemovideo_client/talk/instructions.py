"""The words by which an answer tells its reader to use a screen, and what to do in place of it.

Law: an instruction opens a clause (after words such as `you can` or `please`); a clause that tells of
something (`the camera clicks`, `the girl opens the panel`) is none. The first row of `DEEDS` that finds
its word says what is meant by it.

Sources: all four skills, "GUI Translation", English and Chinese; other rows name a public skill page.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from nemovideo_client.talk.marks import QUOTE

Kind: TypeAlias = Literal["export", "state", "timeline", "edit", "credits", "execute"]

DEEDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    # "drag/drop" / 拖拽: send the edit; "move": vendor skill 4.4; "adjust in editor": 52370889394
    (
        "edit",
        re.compile(
            r"\b(?:dragging|drag|drop|move|adjust|slider)\b|拖[拽动放到]|调整|滑块", re.IGNORECASE
        ),
    ),
    # "check account/billing": short tables and vendor skill 4.4
    (
        "credits",
        re.compile(r"\b(?:account|billing|credits?)\b|账[户号单]|积分|充值", re.IGNORECASE),
    ),
    # "Export button" / 导出 / 导出按钮; "click Export": 52254560439, 52695178706, 51934287673
    ("export", re.compile(r"\b(?:export|download)\b|导出|下载", re.IGNORECASE)),
    # "preview in timeline"; "preview in player": 52254560439; "preview": 52695178706; "open timeline": short tables
    (
        "timeline",
        re.compile(r"\b(?:timeline|preview|player|play)\b|时间[线轴]|预览|播放", re.IGNORECASE),
    ),
)
"""What an instruction means, or the button it names. Where no row says: "click [button]" / 点击 is `execute`,
anything else `state` ("open [panel]" / 打开; "go to [settings/dashboard]": vendor skill 4.4; "open subtitle
panel": 51934287673).
"""

BUTTON = re.compile(
    r"\b(?:click|tap|press|hit)(?:ing)?(?: or tap)?(?: on)?\s+(?:the |your )?(.+?)"
    r"(?= (?:button|to|in|at|above|below|when|once|and|on)\b|$)"
    r"|(?:[点单双]击|轻点)(?:[^，。的]{0,10}的)?(.+?)(?=[”」]?(?:按钮|即可|查看|$))",
    re.IGNORECASE,
)
"""What is to be clicked."""

LEAD = (
    r"(?:(?:and|or|then|but|also|now|next|finally|first|please|just|simply|otherwise|alternatively|feel free to"
    r"|you(?:'ll)?(?: can| could| may| might| will| need to| have to| should)?"
    r"|which you can|go ahead and|by|to)\b,? *)*+"
)
"""Pattern of what may stand before an instruction."""

_PLACE = (
    r"(?:panel|tab|menu|sidebar|toolbar|dashboard|settings|player|timeline|editor|inspector"
    r"|(?:account|billing|export|project) page|(?:media|music|asset) library)"
)
_PLACE_BY_ITSELF = (
    r"(?:panel|tab|menu|sidebar|toolbar|dashboard|timeline|inspector)(?=\W*$| (?:to|for|above|below|and|or)\b"
    r"| (?:on|at|in|to) (?:the |your )?(?:far )?(?:left|right|top|bottom|side|upper|lower|screen|corner|editor)\b)"
)
_SLIDER = r"(?:volume|opacity|speed|zoom|brightness|contrast|saturation|size|fade|blur) (?:slider|knob|dropdown|toggle)\b"
_PATH = r"[*_]*\w+(?: \w+)?[*_]* ?(?:>|→|›|»|->) ?\w"
_NO_BUTTON = r"(?:the |your |a )?(?:foot|feet|toes?|fingers?|hands?|heels?|drums?|beats?|brakes?|road|beach|gym|ground)\b"
_OBJECT = r"(?:the|a|an|any|each|and (?=drag|hold)|it|them|your|this|these|that|here|and drop)\b"
_CLICK = r"(?:(?:right-|double-)?click|tap|press|hit|clicking|tapping|pressing)(?: or tap)?(?: on)?"
_BUTTON = rf"(?:(?:the |your )?[*_]*{QUOTE}|[*_]*(?-i:[A-Z])\w*(?: (?-i:[A-Z])\w*)*[*_]*(?= (?:button|tab|icon|to|above|below|in|at|on|when|once|and|or|if|now|again)\b|\W*$))"
_SEE = r"(?:look|find|see|watch|check|view|review|adjust|edit|change|type|upload|use|preview|play|manage|select|choose|pick|move|arrange)"

INSTRUCTION = re.compile(
    rf"{LEAD}(?:"
    rf"{_CLICK} (?!{_NO_BUTTON})(?:{_OBJECT}|{_BUTTON})"
    rf"|(?:choose|select|open|use|go to|click) {_PATH}"
    rf"|(?:use|see) (?:the |your )(?:\w+ ){{0,2}}{_PLACE_BY_ITSELF}"
    rf"|(?:adjust|move|use|change|set) (?:the |its |your )(?:\w+ )?{_SLIDER}"
    r"|scroll (?:down|up|left|right|over)(?= (?:to|and|until|in)\b|\W*$)|scroll to the (?:top|bottom|end)\b"
    rf"|(?:drag|dragging) (?:{_OBJECT}|to\b|(?:clips?|segments?|files?|tracks?|layers?)\b)|drag(?= to\b|$)"
    r"|drop (?:here\b|(?:(?:the|your|a|any) )?(?:files?|clips?|videos?|audio|images?|photos?|footage|it|them)(?: (?:here|into|onto|on|in))\b)"
    r"|arrange (?:the |your )?clips\b"
    rf"|(?:open|opening|go to|head to|visit|switch to|navigate to|check) (?:(?:the|your|up the) )?(?:\w+ ){{0,3}}{_PLACE}\b"
    r"|check (?:your |the )?(?:account|billing)\b"
    rf"|preview (?:it|this|your video|the (?:video|result))?\b *(?:in|on|with) (?:the )?(?:\w+ )?{_PLACE}\b|preview it(?=$)"
    rf"|{_SEE}\b[^,;:]{{0,60}} (?:in|on|from|with|inside) (?:the |your )(?:\w+ ){{0,2}}(?:panel|tab|menu|sidebar|toolbar|dashboard|settings|player|timeline|editor)\b"
    r"|(?:use|find|using) (?:the )?[*_]*\w+[*_]* button\b"
    r"|the (?:export|download|upload|play|save) button\b"
    r"|the (?:export|timeline|media|music|subtitle|caption|billing|account|tools?|text|preview|effects) (?:panel|tab|menu|page) (?:shows|is|lets|lists|has|will)\b"
    r")",
    re.IGNORECASE,
)
"""How an English clause opens that tells its reader to use the screen."""

LEAD_ZH = (
    r"(?:可以|可|请|你|您|也|或者|或|然后|再|并且|并|直接|接着|先|随时|完成后|满意后|即可|就能|现在"
    r"|如需[^，。；请点]{0,8}|去|来|需要|只需|通过|其他功能|更多功能)*+"
)
_PLACE_ZH = (
    r"(?:面板|播放器|时间[线轴]|编辑器|设置|页面|菜单|标签页|侧边栏|工具栏|账户|控制台|属性栏)"
)

INSTRUCTION_ZH = re.compile(
    rf"{LEAD_ZH}(?:[点单双]击(?!率|量|数|声)|轻点|按下\w{{0,6}}[按钮键]|拖(?:拽|动|放)(?!感|尾)"
    rf"|(?:把|将)[^，。；]{{1,20}}(?:拖拽|拖动|拖放|拖|放)(?:到|入|进)[^，。；]{{0,10}}{_PLACE_ZH}|(?:把|将)[^，。；]{{1,20}}拖(?:拽|动|放)"
    rf"|打开(?!了)[^，。；了]{{0,10}}{_PLACE_ZH}|(?:前往|进入|切换到|转到)[^，。；了]{{0,8}}{_PLACE_ZH}"
    r"|(?:依次)?选择 ?\w{1,6} ?[>→›»] ?\w|[向往][上下左右](?:滚动|滑动)(?=页面|时间[线轴]|到|查看|即可|就|可|以|[，。]|$)"
    rf"|使用[^，。；]{{0,8}}(?:工具栏|侧边栏|滑块)|调整[^，。；]{{0,8}}滑块"
    rf"|(?:在|看|查看|看看|请看)[^，。；]{{0,10}}(?:面板|工具栏|侧边栏|菜单)"
    rf"|在(?:播放器|时间[线轴]|编辑器)[里中上]?\w{{0,2}}(?:预览|查看|播放|调整|拖)"
    r"|(?:使用|找到)[^，。；]{0,10}按钮|[“「]?导出[”」]?按钮)"
)
"""How a Chinese clause opens that does."""

DEPENDENT = re.compile(
    r"(?:and |then )?(?:to|when|once|if|after|before|so that|until)\b|(?:and |then )?(?:choose|select|pick) (?:the|your|a)\b"
    r"|(?:and )?(?:the|your) (?:mp4|video|file|film|download) will\b|and I(?:'ll| will)\b|\w+ and \w+ (?:them|it)$"
    r"|(?:满意|完成|确认|准备好|剪好|做好)\w{0,3}后$|选择\w{1,8}后|就能|即可|就可以|以便|如果|如需|当\w",
    re.IGNORECASE,
)
"""How a clause opens that says when, why or what comes of it: it goes with an instruction beside it."""

CHOICE = re.compile(
    r"(?:and |then )?(?:choose|select|pick) (?:the|your|a)\b|选择\w{1,8}", re.IGNORECASE
)
"""How a clause opens that says what the instruction after it is about."""

CONTENT_LABEL = re.compile(
    r"(?:title|text|caption|captions|subtitle|subtitles|scene|shot|narration|voiceover|overlay|cta|headline|slogan"
    r"|script|lyrics?|verse|chorus|标题|字幕|文字|文案|旁白|场景|镜头|口播|台词|歌词|副歌|主歌)[^:：,，]{0,12}[*_]*[:：][*_]*\s*$",
    re.IGNORECASE,
)
"""What stands before a colon where content follows: `Title: click here` is no instruction."""

TALK = r"(?:(?:just|simply|please) )?(?:tell me|describe|let me|ask me|send me|give me|I'll|I can|I will)\b"
"""How a clause opens that speaks about the chat: it is kept."""
