"""The columns a list of contacts may have, under the headings that offices write."""

import re

from portal.core.sheets import Column

COLUMNS = (
    Column("full_name", ("Full name", "Name", "Name in full", "Full name as in passport", "姓名", "全名", "名字")),
    Column("family_name", ("Family name", "Surname", "Last name", "姓", "姓氏")),
    Column("given_names", ("Given names", "Given name", "First name", "名")),
    Column(
        "native_name",
        ("Native name", "Name in native script", "Name in own script", "Chinese name", "中文姓名", "本国文字姓名"),
    ),
    Column("title", ("Title", "Honorific", "Courtesy title", "称谓", "尊称", "称呼")),
    Column("position", ("Position", "Job title", "Designation", "Post", "Functional title", "职务", "职位", "职称")),
    Column("position_zh", ("Position in Chinese", "Chinese position", "职务（中文）", "中文职务")),
    Column("position_en", ("Position in English", "English position", "职务（英文）", "英文职务")),
    Column("department", ("Department", "Division", "Office", "部门", "处室", "司局")),
    Column(
        "organisation",
        (
            "Organisation",
            "Organization",
            "Institution",
            "Agency",
            "Ministry",
            "Company",
            "单位",
            "机构",
            "工作单位",
            "组织",
        ),
    ),
    Column("country", ("Country", "Country or region", "Nationality", "Country represented", "国家", "国别", "国籍")),
    Column("email", ("E-mail", "Email", "E-mail address", "Mail", "邮箱", "电子邮箱", "电子邮件", "邮件")),
    Column("phone", ("Phone", "Telephone", "Tel", "Mobile", "Phone number", "电话", "手机", "联系电话", "手机号")),
    Column("messenger", ("Messenger", "WeChat", "WhatsApp", "Line", "微信", "微信号")),
    Column(
        "assistant_name", ("Assistant", "Assistant's name", "Secretary", "Contact person", "助理", "秘书", "联系人")
    ),
    Column(
        "assistant_email",
        ("Assistant's e-mail", "Assistant e-mail", "Assistant email", "助理邮箱", "秘书邮箱", "联系人邮箱"),
    ),
    Column("language", ("Language", "Language of mail", "Preferred language", "语言", "语种")),
    Column("tags", ("Tags", "Tag", "Keywords", "标签")),
    Column(
        "no_automatic_mail", ("No automatic mail", "Do not mail", "No e-mail", "不自动发信", "不发邮件", "勿发邮件")
    ),
)
HAN = re.compile("[\u3400-\u9fff]")
# In both languages, so that every list we hand out is read by everybody, and understood when it comes back.
HEADINGS = {
    column.code: f"{column.headings[0]} / {next(heading for heading in column.headings if HAN.search(heading))}"
    for column in COLUMNS
}
ENDINGS = ("_id", "_hans", "_zh", "_en")
LANGUAGES = {
    "en": ("en", "eng", "english", "英文", "英语"),
    "zh-hans": ("zh", "zh-hans", "zh-cn", "cn", "chinese", "simplified chinese", "中文", "汉语", "简体中文"),
}
YES = {"yes", "y", "true", "1", "x", "✓", "√", "是", "对"}
NO = {"no", "n", "false", "0", "否", "不是"}


def heading_of(name: str) -> str:
    """The heading of the column that fills the field ``name`` of a contact."""
    for ending in ENDINGS:
        name = name.removesuffix(ending)
    return HEADINGS[name]
