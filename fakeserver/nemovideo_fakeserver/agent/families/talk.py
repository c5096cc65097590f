"""What is only talked about: greetings, questions, export, credits, music from elsewhere.

Law: talk is free and edits nothing. The service believes that somebody sits before its web editor, so it
answers an export with a button (documented: clients never send `export` here).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.openings import after_lead
from nemovideo_fakeserver.agent.stage.bench import Answer, Bench
from nemovideo_fakeserver.agent.telling.summary import summary


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people say, how it begins, and the answers to it; `{timeline}` becomes a summary.

    `idle` topics are politeness: not worth a word where the same message also asks for work.
    """

    pattern: re.Pattern[str]
    en: tuple[str, ...]
    zh: tuple[str, ...]
    idle: bool = False


TOPICS = (
    Topic(
        re.compile(
            r".*(?:youtube\.|youtu\.be|spotify|soundcloud|tiktok\.com|music\.apple|music\.163|y\.qq\.com|bilibili\.com)|.*(?:youtube|spotify|网易云|qq音乐).{0,30}(?:song|music|link|audio|歌|音乐|链接)|.*\b(?:the|this|that|a) song\b.{0,60}\bby \w|.*周杰伦的"
        ),
        (
            "I can't take music from YouTube, Spotify or a named artist. Pick a track from the built-in music library, or describe the mood and I'll compose one.",
            "Songs from streaming services are not available here. Open the music panel for the built-in library, or tell me a genre and I'll write something original.",
        ),
        (
            "无法使用YouTube、Spotify或指定歌手的音乐。可以打开音乐面板使用内置曲库，或者描述情绪，我来原创一首。",
        ),
    ),
    Topic(
        re.compile(r".*https?://"),
        (
            "I can't open links from here. Click Upload in the media panel and add the file or its URL, then tell me what to do with it.",
        ),
        ("我无法直接打开链接。请在素材面板点击上传，添加文件或链接，然后告诉我怎么处理。",),
    ),
    Topic(
        re.compile(
            r"(?:(?:how (?:do|can) (?:i|you) )?(?:export|download|save (?:it|the video|my video|to)|render (?:it|the video|my video|and)|send me the (?:video|file|result)|give me the (?:file|mp4)|导出|下载|输出|怎么导出|把视频发给我|保存视频))"
        ),
        (
            "Click the Export button in the top right corner, choose your resolution, and the MP4 will be ready to download.",
            "Everything is set: click Export above the player to render and download your video.",
        ),
        (
            "请点击右上角的导出按钮，选择分辨率后即可下载MP4。",
            "一切就绪，点击播放器上方的“导出”即可渲染并下载视频。",
        ),
    ),
    Topic(
        re.compile(
            r".{0,24}(?:\b(?:rotate|stabili[sz]e|green screen|voice ?over|narration|sound effects?|sfx|emojis?|stickers?|translate)\b|\bzoom (?:in|out)\b|\b(?:background|wind) noise\b|\bdenoise\b|\breverse (?:the |my |this )?(?:video|clip|playback|footage)\b(?!s)|\bplay (?:it|the video) backwards\b|\bblur (?:the |my |his |her )?(?:background|face)|旋转|稳定画面|防抖|旁白|画外音|音效|表情|贴纸|降噪|去噪|倒放|翻译|抠像)"
        ),
        (
            "That is not something I can do from the chat. I can compose and mix music, add titles and captions, trim, split, reorder, speed up and colour clips; look for the rest in the tools panel.",
        ),
        (
            "这个我在对话里做不到。我可以创作和调节配乐、添加标题和字幕、剪辑、分割、排序、变速和调色；其他功能请看工具面板。",
        ),
    ),
    Topic(
        re.compile(r"(?:undo|revert|roll back|go back to the|撤销|撤回|恢复上一步)"),
        (
            "I can't step back from here. Press the Undo arrow above the timeline, or tell me which title, track or clip to remove or change.",
        ),
        (
            "我这里无法撤销。请点击时间线上方的撤销箭头，或者告诉我要去掉或修改哪个标题、音轨或片段。",
        ),
    ),
    Topic(
        re.compile(
            r"(?:.{0,30}\b(?:credits?|balance|billing|how much (?:does|will|is))\b|.{0,20}(?:积分|余额|费用|多少钱|收费))"
        ),
        (
            "Check your account page: the billing panel shows the credits you have left.",
            "Open the dashboard and click Billing to see your credits.",
        ),
        ("请打开账户页面，在账单面板查看剩余积分。",),
    ),
    Topic(
        re.compile(
            r"(?:status\b|show (?:me )?(?:the |my )?(?:timeline|tracks|draft|status|project|current)|what(?:'s| is) (?:on|in) (?:the|my) (?:timeline|video|draft)|what do we have|状态|进度|现在什么样|查看(?:时间线|轨道|状态)|显示(?:时间线|轨道))"
        ),
        ("{timeline} Open the timeline panel to preview it.",),
        ("{timeline}可以打开时间线面板预览。",),
    ),
    Topic(
        re.compile(
            r"(?:what (?:can (?:you|this)|you can)|what (?:else )?do you do|how (?:do|can|does) (?:i|you|this|it)|who are you|what are you|help(?: me)?\W*$|.{0,4}(?:能|会|可以)(?:做|干)(?:些|点)?什么|.{0,4}有(?:什么|哪些)功能|你是谁|怎么用|帮助$)"
        ),
        (
            "I can compose background music, generate video clips, add titles and subtitles, trim, split and reorder clips, change speed and colours, and mix the volume. Drag your files into the media panel, or just tell me what you need.",
            "Tell me a mood and I'll write the music; give me a subject and I'll generate a video; or drop your clips on the timeline and I'll cut, title and score them.",
        ),
        (
            "我可以创作配乐、生成视频、添加标题和字幕、剪辑和调整片段顺序、改变速度和色彩、调节音量。把文件拖拽到素材面板，或者直接告诉我需求。",
        ),
    ),
    Topic(
        re.compile(
            r"(?:hi|hello|hey|good (?:morning|evening|afternoon)|你好|您好|嗨|哈喽|早上好)(?![a-z]).{0,20}$"
        ),
        (
            "Hello! What are we making today? Drop a clip on the timeline or describe the music you need.",
            "Hi! Tell me about your video, or drag a file in to start.",
        ),
        ("你好！今天想做什么？把素材拖拽到时间线，或者描述你想要的音乐。",),
        idle=True,
    ),
    Topic(
        re.compile(
            r"(?:(?:this|that|it)(?:'s| is| looks| sounds) (?:great|perfect|awesome|nice|good|amazing)|thanks|thank you|thx|great|perfect|awesome|nice|cool|well done|ok|okay|谢谢|多谢|感谢|太好了|太棒了|很好|不错|好的)(?![a-z]).{0,25}$"
        ),
        (
            "You're welcome! Preview it in the timeline panel, and click Export when you like it.",
            "Glad you like it. Tell me if anything should change.",
        ),
        ("不客气！可以在时间线面板预览，满意后点击导出。",),
        idle=True,
    ),
    Topic(
        re.compile(
            r"(?:what|how|why|who|where|when|which|is|are|was|were|do(?= (?:i|we|you|they|the clips|the videos)\b)|does|did|have|has|should|am)\b(?!.{0,80}\bcan you (?:add|make|put))|.{0,80}(?:什么|为什么|怎么|多少|多长|哪些|哪个|是不是|有没有|有吗|了吗)"
        ),
        (
            "{timeline} Tell me what you would like to change, or click a segment in the timeline panel to see its details.",
        ),
        ("{timeline}告诉我想怎么改，或者点击时间线上的片段查看详情。",),
    ),
)


@dataclass(frozen=True, slots=True)
class Talk:
    """Something to answer."""

    topic: Topic


def recognise(clause: Clause, bench: Bench) -> Talk | None:  # noqa: ARG001  # a family's signature
    """Take what matches one of the topics, the first one wins."""
    lowered = after_lead(clause.lowered) or clause.lowered
    return next((Talk(t) for t in TOPICS if t.pattern.match(lowered)), None)


def perform(request: Talk, bench: Bench) -> Deeds:
    """Answer."""
    answers = request.topic.zh if bench.language == "zh" else request.topic.en
    text = bench.chance.choice(answers, "answer").replace("{timeline}", summary(bench))
    return (Answer(text=text, idle=request.topic.idle),)


FAMILY = Family(recognise=recognise, perform=perform, stages=False)
