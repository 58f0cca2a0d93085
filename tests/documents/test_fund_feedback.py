"""Letters to donors: what became of a gift, how many pupils it reached, on one page."""

import re

import pytest

from aidkit.documents.fund_feedback import feedback_pages
from aidkit.documents.fund_pdf import feedback_pdf
from aidkit.documents.fund_titles import Titles
from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.fund.statements.feedback import feedback, uses
from aidkit.gate.pdf import pdf_texts
from aidkit.labels import project_labels
from tests.documents.test_fund_tables import YEAR, stamp
from tests.fund.books import book_of
from tests.fund.funds import LOVE
from tests.fund.vouchers import gift, payout

THRESHOLD = 5


def book(pupils: int) -> Book:
    """A gift to boarders, and so many of them who were paid from it."""
    first, last = YEAR.first, YEAR.last
    paid = (
        payout(last, 20_000, program="boarder_aid", party=f"学生{n}", person_no=f"P{n}")
        for n in range(pupils)
    )
    return book_of([gift(first, 1_000_000, party="甲公司", purpose="boarders"), *paid])


def letters(told: Book, period: Period = YEAR) -> list[dict[str, object]]:
    titles = Titles(LOVE, project_labels())
    found = feedback(told, "love", period), uses(told, "love", period, THRESHOLD)
    return feedback_pages(*found, {}, titles, THRESHOLD)


@pytest.mark.parametrize("pupils", [1, 4, 5, 12])
def test_a_letter_counts_pupils_only_where_they_are_enough(pupils: int) -> None:
    (page,) = letters(book(pupils))
    enough = pupils >= THRESHOLD
    assert page["reached"] == (f"让 {pupils} 名学生得到“寄宿生生活补助”" if enough else "")
    assert page["uses"] == [
        ["寄宿生生活补助", str(pupils) if enough else "", f"{pupils * 200:,}.00", ""]
    ]
    text = "".join(text for _, text in pdf_texts(feedback_pdf([page], stamp())))
    assert ("名学生" in re.sub(r"\s", "", text)) is enough


@pytest.mark.parametrize("number", [0, 1, 10, 30])
def test_a_letter_is_one_page_however_much_it_tells(number: int) -> None:
    (page,) = letters(book(THRESHOLD))
    page["uses"] = [["某个项目", "12", "1,000.00", "甲小学、乙小学"]] * number
    data = feedback_pdf([page, page], stamp())
    assert re.findall(rb"/Type/Pages/Count (\d+)", data) == [b"2"]


def test_a_letter_that_replaces_another_says_so() -> None:
    data = feedback_pdf(letters(book(5)), stamp(replaces="3f9c01ab77e2d0aa" + "0" * 48))
    text = "".join(text for _, text in pdf_texts(data))
    assert "3f9c01ab77e2d0aa" in re.sub(r"\s", "", text)
