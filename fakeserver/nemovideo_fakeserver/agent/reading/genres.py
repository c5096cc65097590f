"""The musical vocabulary: genres and what they bring along, moods, instruments, parts of a piece.

A genre fills what a brief leaves open. Order within a tuple is by importance: the first mood names the
track, the first instrument carries the melody.
"""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_fakeserver.agent.reading.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Genre:
    """Tempo in beats per minute, mode (`major` or `minor`), moods and instruments of a genre."""

    bpm: int
    mode: str
    moods: tuple[str, ...]
    instruments: tuple[str, ...]


GENRES = {
    "lo-fi hip hop": Genre(78, "minor", ("calm",), ("electric piano", "drums", "bass")),
    "lo-fi": Genre(76, "minor", ("calm",), ("electric piano", "drums", "bass")),
    "hip hop": Genre(92, "minor", ("confident",), ("drums", "bass", "synth")),
    "jazz": Genre(110, "major", ("smooth",), ("piano", "saxophone", "bass")),
    "rock": Genre(128, "major", ("energetic",), ("electric guitar", "drums", "bass")),
    "electronic": Genre(124, "minor", ("energetic",), ("synth", "drums", "bass")),
    "house": Genre(124, "minor", ("groovy",), ("synth", "drums", "bass")),
    "techno": Genre(132, "minor", ("driving",), ("synth", "drums")),
    "trap": Genre(140, "minor", ("dark",), ("drums", "bass", "synth")),
    "synthwave": Genre(104, "minor", ("nostalgic",), ("synth", "drums", "bass")),
    "ambient": Genre(64, "major", ("peaceful",), ("pads",)),
    "orchestral": Genre(88, "minor", ("epic",), ("strings", "brass", "timpani")),
    "classical": Genre(84, "major", ("graceful",), ("piano", "strings")),
    "cinematic": Genre(80, "minor", ("epic",), ("strings", "piano")),
    "acoustic": Genre(96, "major", ("warm",), ("acoustic guitar",)),
    "folk": Genre(100, "major", ("warm",), ("acoustic guitar", "violin")),
    "country": Genre(108, "major", ("warm",), ("acoustic guitar", "drums")),
    "pop": Genre(112, "major", ("upbeat",), ("synth", "drums", "bass")),
    "corporate": Genre(110, "major", ("upbeat",), ("piano", "acoustic guitar", "drums")),
    "funk": Genre(108, "major", ("groovy",), ("bass", "electric guitar", "drums")),
    "disco": Genre(118, "major", ("groovy",), ("bass", "strings", "drums")),
    "ballad": Genre(72, "major", ("soft",), ("piano", "strings")),
    "blues": Genre(82, "minor", ("melancholic",), ("electric guitar", "drums")),
    "soul": Genre(86, "major", ("warm",), ("electric piano", "bass", "drums")),
    "reggae": Genre(76, "major", ("relaxed",), ("electric guitar", "bass", "drums")),
    "latin": Genre(98, "major", ("playful",), ("acoustic guitar", "drums", "brass")),
    "bossa nova": Genre(124, "major", ("relaxed",), ("acoustic guitar", "piano")),
    "metal": Genre(150, "minor", ("aggressive",), ("electric guitar", "drums", "bass")),
    "guofeng": Genre(84, "minor", ("graceful",), ("guzheng", "flute")),
}

PLAIN = Genre(100, "major", ("upbeat",), ("piano", "drums", "bass"))
"""What music is made of when a brief names moods or instruments but no genre."""

FITTING = ("cinematic", "lo-fi", "ambient", "electronic", "acoustic")
"""What is composed when a brief says nothing of the music, only that it should fit."""

WEAK = frozenset(
    {
        "cinematic",
        "acoustic",
        "pop",
        "corporate",
        "country",
        "metal",
        "latin",
        "classical",
        "soul",
        "house",
        "trap",
        "rock",
    }
)
"""Genres whose names also mean other things: alone they do not turn a message into a wish for music."""

GENRE_NAMES = Lexicon(
    {
        "lo-fi hip hop": "lo-fi hip hop|lo-fi hip-hop|lofi hip hop|lofi hip-hop|lo-fi嘻哈|lofi嘻哈|低保真嘻哈",
        "lo-fi": "lo-fi|lofi|lo fi|低保真",
        "hip hop": "hip hop|hip-hop|hiphop|rap|嘻哈|说唱",
        "jazz": "jazz|jazzy|swing|爵士",
        "rock": "rock|punk|摇滚",
        "electronic": "electronic|edm|electro|dance|dubstep|电子",
        "house": "house|浩室",
        "techno": "techno|trance|铁克诺",
        "trap": "trap|陷阱音乐",
        "synthwave": "synthwave|synth-pop|synthpop|retrowave|合成器浪潮|蒸汽波",
        "ambient": "ambient|new age|drone music|氛围音乐|环境音乐",
        "orchestral": "orchestral|orchestra|symphonic|symphony|管弦|交响",
        "classical": "classical|baroque|古典",
        "cinematic": "cinematic|film score|movie score|trailer music|电影级|电影感|电影配乐|史诗电影|影视",
        "acoustic": "acoustic|unplugged|原声",
        "folk": "folk|民谣",
        "country": "country|乡村",
        "pop": "pop|k-pop|j-pop|流行",
        "corporate": "corporate|business|企业|商务",
        "funk": "funk|funky|放克",
        "disco": "disco|迪斯科",
        "ballad": "ballad|slow song|抒情曲|抒情歌|抒情",
        "blues": "blues|蓝调|布鲁斯",
        "soul": "soul|r&b|rnb|gospel|灵魂乐|节奏布鲁斯",
        "reggae": "reggae|ska|雷鬼",
        "latin": "latin|salsa|拉丁",
        "bossa nova": "bossa nova|bossa|波萨诺瓦",
        "metal": "metal|heavy metal|重金属",
        "guofeng": "guofeng|chinese style|traditional chinese|国风|中国风|古风",
    }
)

MOODS = Lexicon(
    {
        "upbeat": "upbeat|cheerful|欢快|轻快|明快",
        "energetic": "energetic|energy|high-energy|high energy|powerful|pumping|充满活力|有活力|活力|激昂|动感|燃",
        "happy": "happy|joyful|fun|快乐|开心|愉快|喜庆",
        "calm": "calm|calming|chill|chilled|平静|舒缓|放松|安静|冷静",
        "peaceful": "peaceful|serene|tranquil|meditative|宁静|祥和",
        "relaxed": "relaxed|relaxing|laid-back|easygoing|轻松|悠闲|慵懒",
        "soft": "soft|softly|gentle|delicate|tender|subtle|柔和|轻柔|温柔",
        "quiet": "quiet",
        "focused": "focused|focus|专注",
        "sad": "sad|sorrowful|emotional|悲伤|伤感|难过|感人",
        "melancholic": "melancholic|melancholy|wistful|忧郁|忧伤",
        "tense": "tense|suspense|suspenseful|thrilling|紧张|悬疑|惊悚|充满紧张感",
        "dark": "dark|ominous|scary|spooky|horror|黑暗|阴暗|恐怖",
        "mysterious": "mysterious|mystery|eerie|神秘",
        "bright": "bright|sunny|明亮|阳光",
        "warm": "warm|heartwarming|cozy|温暖|温馨",
        "romantic": "romantic|love|浪漫",
        "dreamy": "dreamy|ethereal|梦幻|空灵",
        "nostalgic": "nostalgic|retro|vintage|怀旧|复古",
        "inspiring": "inspiring|inspirational|uplifting|motivational|hopeful|励志|鼓舞|振奋",
        "epic": "epic|grand|majestic|heroic|dramatic|史诗|宏大|恢弘|壮丽|震撼",
        "explosive": "explosive|爆发",
        "aggressive": "aggressive|intense|fierce|激烈|强烈",
        "playful": "playful|quirky|whimsical|俏皮|活泼|调皮",
        "bouncy": "bouncy|跳跃|弹跳",
        "groovy": "groovy|律动",
        "driving": "driving|节奏强劲|强劲",
        "smooth": "smooth|mellow|顺滑|丝滑",
        "confident": "confident|bold|cool|自信|酷",
        "graceful": "graceful|elegant|优雅|典雅",
    }
)

MINOR_MOODS = frozenset(
    {"sad", "melancholic", "tense", "dark", "mysterious", "nostalgic", "epic", "aggressive"}
)
MAJOR_MOODS = frozenset(
    {
        "upbeat",
        "happy",
        "bright",
        "warm",
        "romantic",
        "inspiring",
        "playful",
        "bouncy",
        "soft",
        "peaceful",
    }
)

INSTRUMENTS = Lexicon(
    {
        "electric piano": "electric piano|rhodes|电钢琴",
        "piano": "piano|keys|keyboard|钢琴",
        "acoustic guitar": "acoustic guitar|原声吉他|木吉他",
        "electric guitar": "electric guitar|电吉他",
        "guitar": "guitar|吉他",
        "ukulele": "ukulele|uke|尤克里里",
        "bass": "bass|sub-bass|808|贝斯|低音",
        "drums": "drum|percussion|drum kit|鼓|打击乐",
        "hand claps": "hand clap|handclap|clap|拍手|掌声",
        "shaker": "shaker|tambourine|沙锤|铃鼓",
        "strings": "string|弦乐",
        "violin": "violin|fiddle|小提琴",
        "cello": "cello|大提琴",
        "brass": "brass|trumpet|horn|trombone|铜管|小号|圆号",
        "saxophone": "saxophone|sax|萨克斯",
        "flute": "flute|长笛|笛子|竹笛",
        "clarinet": "clarinet|woodwind|单簧管|木管",
        "harp": "harp|竖琴",
        "guzheng": "guzheng|古筝|古琴|琵琶|二胡",
        "organ": "organ|管风琴",
        "bells": "bell|glockenspiel|xylophone|marimba|钟琴|铃铛|木琴",
        "choir": "choir|vocal|人声|合唱",
        "synth": "synth|synthesizer|合成器",
        "pads": "pad|铺底",
        "timpani": "timpani|定音鼓",
    }
)

PARTS = Lexicon(
    {
        "intro": "intro|introduction|opening|前奏|开场|引子",
        "verse": "verse|主歌",
        "build": "build-up|buildup|building middle|building|build|middle|铺垫|推进|渐强|中段|发展",
        "drop": "drop|高潮|爆点",
        "chorus": "chorus|副歌",
        "bridge": "bridge|过渡段|桥段",
        "breakdown": "breakdown",
        "finale": "finale|climax|ending|outro|结尾|尾声|终章|尾奏",
    }
)
