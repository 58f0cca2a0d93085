"""What heads a column of numbers, birth dates or addresses, whoever the persons are."""

import re

from aidkit.gate.column_kind import ColumnKind

HINTS = (
    *(
        "出生",
        "生日",
        "身份",
        "证件号",
        "学籍",
        "学号",
        "手机",
        "电话",
        "联系方式",
        "卡号",
        "银行卡",
    ),
    *("账号", "账户", "帐号", "帐户", "存折", "一卡通", "住址", "地址", "户籍", "家庭所在地"),
    *("救助证", "残疾证", "残疾人证", "低保证", "特困证", "孤儿证", "建档立卡证"),
    *("birth", "Birth", "BIRTH", "dob", "DOB", "student_no", "id_number", "ID_NUMBER"),
)
"""One of these is in every header below."""

_BRACKET = r"(?:[(（][^()（）]{1,8}[)）])?"
_WHO = r"(?:学生|幼儿|儿童|子女|本人|家长|监护人|户主|教师|职工|受助人)?"
_MARKS = r"[\d*＊●•×xX]"

_BIRTH = re.compile(
    rf"{_WHO}(?:出生(?:日期|年月日?|时间)|生日){_BRACKET}"
    r"|(?i:birth[_ -]?da(?:te|y)|date[_ ]of[_ ]birth|dob)"
)
_DAY = re.compile(
    r"((?:19|20)\d{2}(?:[-./年 ]{1,2}\d{1,2}(?:月|[-./月 ]{1,2}\d{1,2}日?)?|"
    r"(?:0[1-9]|1[0-2])(?:[0-3]\d)?))(?:[ T]00:00.*)?"
)
_ID = re.compile(
    rf"{_WHO}(?:居民)?(?:公民)?(?:身份证?(?:件)?(?:号码?)?|证件号码?)"
    rf"[\u4e00-\u9fff]{{0,5}}[\d一二三四五六七八]?[\u4e00-\u9fff]{{0,2}}{_BRACKET}|(?i:id_number)"
)
_ID_PART = re.compile(rf"({_MARKS}{{4,20}})")
_STUDENT = re.compile(rf"{_WHO}(?:全国)?(?:学籍(?:号码?|编号)|学号){_BRACKET}|(?i:student_no)")
_STUDENT_NO = re.compile(r"([A-Za-z]?\d{5,18}[\dXx]?)")
_PHONE = re.compile(
    r"(?:家长|监护人|父亲?|母亲?|学生|家庭|本人|户主|紧急)(?:联系)?人?的?(?:电话|手机|联系方式|联系电话)"
    rf"(?:号码?)?{_BRACKET}|手机(?:号码?)?{_BRACKET}"
)
_CALL = re.compile(r"(\+?\d[\d\- ]{5,15})")
_CARD = re.compile(
    rf"(?:银行|发放|本人|家长|监护人|存折)?(?:卡号|[账帐][号户]|银行卡|存折号?|一卡通号?){_BRACKET}"
)
_CARD_NO = re.compile(r"(\d[\d ]{9,22}|\d\.\d{8,}[eE]\+1\d)")
_HOME = re.compile(
    r"(?:(?:学生|幼儿|儿童|子女|本人|家长|监护人|户主|受助人)?(?:家庭|现|常|户籍|居)住?(?:地址|住址|址)|"
    r"(?:学生|幼儿|儿童|子女|本人|家长|监护人|户主|受助人)(?:详细)?住?(?:地址|址)|(?:详细)?住址|"
    rf"户籍(?:所在地|地)|家庭所在地){_BRACKET}"
)
_PLACE = re.compile(
    r"([^、，。；：写填]*[\u4e00-\u9fff]{2}[^、，。；：写填]*(?:[村组屯寨庄巷弄里]|社区|\d+(?:号|室|栋|幢).*))"
)
_CERTIFICATE = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:救助|残疾人?|低保|特困|孤儿|建档立卡)证(?:件|明)?(?:号码?|编号)"
)
_ANY_NUMBER = re.compile(r"(.*\d{4}.*)")

PERSONAL = (
    ColumnKind("birth_date", _BIRTH, _DAY, 1),
    ColumnKind("id_number", _ID, _ID_PART, 1),
    ColumnKind("student_no", _STUDENT, _STUDENT_NO, 2, different=True),
    ColumnKind("phone", _PHONE, _CALL, 1),
    ColumnKind("card", _CARD, _CARD_NO, 2, different=True),
    ColumnKind("address", _HOME, _PLACE, 1),
    ColumnKind("certificate", _CERTIFICATE, _ANY_NUMBER, 1),
)
"""Columns by which persons can be found who stand in no table of the county."""
