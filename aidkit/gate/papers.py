"""Finding numbers of papers and home phones by the words before them, and sole traders' codes."""

import re
from collections.abc import Iterator

_PAPER = re.compile(
    r"(?:护照|通行证|居住证|居留证|军官证|士兵证|警官证|学生证|户口[本簿]|残疾人?证|低保证|救助证|特困证|孤儿证)"
    r"(?:件|编)?(?:号码?)?[^0-9A-Za-z\u4e00-\u9fff，。；、]{0,6}"
    r"(?:[\u4e00-\u9fff]{1,6}(?:字第|[（(]\d{4}[)）]第?))?([A-Za-z\u4e00-\u9fff]{0,4}\d{5,18}[A-Za-z\d]?)(?!\d)"
)
_HOME_PHONE = re.compile(
    r"(?:家长|监护人|家庭|父亲|母亲|学生|本人|户主|宅)的?(?:联系|固定)?(?:电话|座机|联系方式)(?:号码)?"
    r"[^0-9A-Za-z\u4e00-\u9fff，。；]{0,6}((?:0\d{2,3}[-—) ]{0,2})?\d{7,8})(?!\d)"
)
_PAPER_WORDS = (
    "护照",
    "通行证",
    "居住证",
    "居留证",
    "军官证",
    "士兵证",
    "警官证",
    "学生证",
    "户口",
)
_CERTIFICATE_WORDS = ("残疾", "低保证", "救助证", "特困证", "孤儿证")
_TRADER = re.compile(r"92(?<![0-9A-Za-z]92)\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")
"""The credit code of one who trades by himself; those of firms and offices are public."""

CODE_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""What a credit code is made of, in the order of their values (GB 32100-2015)."""


def find_papers(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (position, kind, value) of passports, certificates, home phones and traders' codes."""
    if any(word in text for word in (*_PAPER_WORDS, *_CERTIFICATE_WORDS)):
        for match in _PAPER.finditer(text):
            yield match.start(1), "certificate", match[1]
    if "电话" in text or "座机" in text or "联系方式" in text:
        for match in _HOME_PHONE.finditer(text):
            yield match.start(1), "phone", match[1]
    for match in _TRADER.finditer(text):
        if is_credit_code(match[0]):
            yield match.start(), "credit_code", match[0]


def is_credit_code(code: str) -> bool:
    """Whether the check character of a 统一社会信用代码 is right (GB 32100-2015)."""
    total = sum(CODE_CHARS.index(c) * pow(3, n, 31) for n, c in enumerate(code[:17]))
    return CODE_CHARS[-total % 31] == code[17]
