"""The columns of a programme in a spreadsheet and the words that may stand in them, in both languages."""

from collections.abc import Iterable, Mapping

from forums.enums import SessionKind, SpeakerRole
from portal.core.folding import fold
from portal.core.sheets import Column

Words = Mapping[str, tuple[str, ...]]

SESSION = Column(
    "session",
    ("Session no.", "Session number", "Session", "No.", "环节编号", "场次编号", "环节", "场次", "编号", "序号"),
)
SESSION_COLUMNS = (
    SESSION,
    Column("day", ("Date", "Day", "日期"), required=True, is_date=True),
    Column("start", ("Begins", "Begin", "Start", "Starts", "From", "Start time", "开始时间", "开始"), required=True),
    Column("end", ("Ends", "End", "Until", "To", "End time", "结束时间", "结束"), required=True),
    Column("kind", ("Kind", "Type", "Kind of session", "类型", "环节类型")),
    Column("title_en", ("Title in English", "English title", "英文标题")),
    Column("title_zh_hans", ("Title in Chinese", "Chinese title", "中文标题")),
    Column("title", ("Title", "Session title", "Topic", "标题", "议题", "主题")),
    Column("room_en", ("Room in English", "English room", "英文会场")),
    Column("room_zh_hans", ("Room in Chinese", "Chinese room", "中文会场")),
    Column("room", ("Room", "Venue", "Hall", "会场", "会议室", "地点")),
    Column("languages", ("Languages of work", "Languages", "Language", "工作语言", "语言")),
    Column("interpretation", ("Interpretation into", "Interpretation", "同声传译", "口译语言", "传译")),
    Column("speakers", ("Speakers", "Chairs and speakers", "Chair and speakers", "发言人", "主持人和发言人", "嘉宾")),
)
SPEAKER_COLUMNS = (
    SESSION,
    Column("role", ("Role", "Part", "身份", "角色")),
    Column("name_en", ("Name in English", "English name", "英文姓名")),
    Column("name_zh_hans", ("Name in Chinese", "Chinese name", "中文姓名")),
    Column("name", ("Name", "Full name", "姓名")),
    Column("position_en", ("Position in English", "English position", "英文职务")),
    Column("position_zh_hans", ("Position in Chinese", "Chinese position", "中文职务")),
    Column("position", ("Position", "Title and position", "职务", "职称")),
    Column("organisation_en", ("Organisation in English", "English organisation", "英文单位")),
    Column("organisation_zh_hans", ("Organisation in Chinese", "Chinese organisation", "中文单位")),
    Column("organisation", ("Organisation", "Organization", "Institution", "单位", "机构")),
    Column("topic_en", ("Topic in English", "English topic", "英文发言题目")),
    Column("topic_zh_hans", ("Topic in Chinese", "Chinese topic", "中文发言题目")),
    Column("topic", ("Topic", "Topic of the talk", "发言题目", "题目")),
)
# Understood, but not in the sheets that we hand out: columns that leave the language open, and speakers in a cell.
NOT_HANDED_OUT = {"title", "room", "speakers", "name", "position", "organisation", "topic"}

KIND_WORDS: Words = {
    SessionKind.OPENING: ("Opening", "开幕式", "开幕"),
    SessionKind.PLENARY: ("Plenary", "全体会议", "主旨会议", "大会"),
    SessionKind.PARALLEL: ("Parallel session", "平行会议", "分会场", "分论坛", "parallel"),
    SessionKind.ROUND_TABLE: ("Round-table", "圆桌会议", "圆桌", "round table", "roundtable"),
    SessionKind.FIELD_VISIT: ("Field visit", "实地考察", "考察", "site visit"),
    SessionKind.BREAK: ("Break", "休息", "茶歇", "coffee break", "tea break"),
    SessionKind.SOCIAL: ("Reception or meal", "招待会或用餐", "招待会", "午餐", "晚宴", "reception", "lunch", "dinner"),
    SessionKind.CLOSING: ("Closing", "闭幕式", "闭幕"),
}
ROLE_WORDS: Words = {
    SpeakerRole.CHAIR: ("Chair", "主席", "主持", "chairperson", "co-chair"),
    SpeakerRole.MODERATOR: ("Moderator", "主持人", "facilitator"),
    SpeakerRole.KEYNOTE: ("Keynote speaker", "主旨演讲人", "主旨发言人", "keynote"),
    SpeakerRole.SPEAKER: ("Speaker", "发言人", "演讲人", "presenter"),
    SpeakerRole.PANELLIST: ("Panellist", "讨论嘉宾", "专家组成员", "嘉宾", "panelist"),
    SpeakerRole.RAPPORTEUR: ("Rapporteur", "报告员", "记录人"),
}
LANGUAGE_WORDS: Words = {
    "en": ("English", "英语", "英文"),
    "zh-hans": ("Chinese", "中文", "汉语", "普通话", "mandarin", "zh", "simplified chinese"),
    "my": ("Burmese", "缅甸语"),
    "fil": ("Filipino", "菲律宾语", "tagalog"),
    "id": ("Indonesian", "印度尼西亚语", "印尼语", "bahasa indonesia"),
    "km": ("Khmer", "高棉语", "柬埔寨语"),
    "lo": ("Lao", "老挝语"),
    "ms": ("Malay", "马来语", "bahasa melayu"),
    "pt": ("Portuguese", "葡萄牙语"),
    "ta": ("Tamil", "泰米尔语"),
    "tet": ("Tetum", "德顿语"),
    "th": ("Thai", "泰语"),
    "vi": ("Vietnamese", "越南语"),
}


def find_word(words: Words, text: str) -> str | None:
    """The code that ``text`` means, by itself or by any of its words, or by two of them ("Chair / 主席"); else None."""
    for wanted in map(_plain, (text, *text.split("/"))):
        for code, names in words.items():
            if wanted in {_plain(name) for name in (code, *names)}:
                return code
    return None


def allowed(words: Words) -> str:
    """The words to choose from, in both languages, for a message or a sheet."""
    return ", ".join(f"{names[0]} / {names[1]}" for names in words.values())


def word_of(words: Words, code: str) -> str:
    """How a sheet of ours says ``code``."""
    return f"{words[code][0]} / {words[code][1]}" if code in words else code


def _plain(text: str) -> str:
    return fold(text).replace("-", " ").replace("_", " ")


def heading_of(column: Column) -> str:
    """The heading in both languages, so that every sheet we hand out is understood by everybody who fills it in."""
    chinese = next(heading for heading in column.headings if not heading.isascii())
    return f"{column.headings[0]} / {chinese}"


def headings(columns: Iterable[Column]) -> list[tuple[str, str]]:
    """The columns of a sheet that we hand out."""
    return [(column.code, heading_of(column)) for column in columns if column.code not in NOT_HANDED_OUT]
