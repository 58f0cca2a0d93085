"""Steps of sign-off: submit, approve, return, publish. Whatever is refused is not entered."""

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from aidkit.calendar import Term
from aidkit.chained_log import Record, append
from aidkit.errors import UsageError
from aidkit.review.content import Content
from aidkit.review.published import Files, digest_of_files, keep_published
from aidkit.review.signed import keep
from aidkit.review.standing import Standing, Step, log_of, standing, standing_in


def submit(
    county: Path, term: Term, content: Content, *, by: str, on: dt.date, reason: str = ""
) -> Standing:
    """Submit a term's awards for approval.

    Raises:
        UsageError: They are submitted or approved already; or the term was published and no
            reason is given for what is corrected.
    """

    def check(now: Standing) -> None:
        # Before the log names it: a step never points at what is not there. Also where nothing is
        # entered, so that what was damaged comes back.
        keep(county, content)
        if now.state == "submitted" and now.steps[-1].content == content.digest:
            raise _refused(term, "已经送审，内容没有变化。", "请等审核人审核。")
        if now.approved == content.digest:
            raise _refused(term, "已经审核通过，内容没有变化。", "不用再送审。")
        if now.published and not reason.strip():
            raise _refused(
                term,
                "已经公布并锁定，改了就是更正。",
                "请用 --reason 写明更正的原因；它会列在网站的更正记录里。",
            )

    return _enter(county, Step(term.code, "submit", by, on, content.digest, reason), check)


def approve(county: Path, term: Term, content: Content, *, by: str, on: dt.date) -> Standing:
    """Approve what was submitted.

    Raises:
        UsageError: Nothing is submitted; it is not what there is now; or who approves submitted it.
    """

    def check(now: Standing) -> None:
        last = _submitted(now, term, by, "审核")
        if last.content != content.digest:
            raise _refused(
                term,
                "送审以后结果变了，不能照原来的审核。",
                f"请经办人重新送审：aidkit review submit {term.code} --by 姓名",
            )

    return _enter(county, Step(term.code, "approve", by, on, content.digest), check)


def send_back(county: Path, term: Term, *, by: str, on: dt.date, reason: str) -> Standing:
    """Return what was submitted, with the reason; also what was approved and is not published yet.

    Raises:
        UsageError: Nothing is submitted, there is no reason, or who returns submitted it.
    """
    if not reason.strip():
        raise _refused(term, "退回要写明原因。", "请加上 --reason 原因。")
    last = _returnable(standing(county, term), term, by)
    step = Step(term.code, "return", by, on, last.content, reason)
    return _enter(county, step, lambda now: _returnable(now, term, by))


def publish(county: Path, term: Term, files: Files, *, on: dt.date) -> Standing:
    """Keep a term's public results and note that they went out as approved: now it is locked.

    What is out already as it is, is not noted again.

    Args:
        county: The county folder.
        term: The term.
        files: The public results.
        on: The day of the site.

    Raises:
        UsageError: The term is not approved.
    """
    now = standing(county, term)
    if now.approved is None or now.signed is None:
        raise _refused(term, "没有审核通过，不能公布。", "请先送审、审核。")
    public, last = digest_of_files(files), now.published
    if last is not None and (last.content, last.public) == (now.approved, public):
        return now
    step = Step(term.code, "publish", now.signed.by, on, now.approved, public=public)

    def check(then: Standing) -> None:
        if then.approved != step.content:
            raise _refused(term, "公布的同时有人改了审核状态。", "请重新运行 aidkit build。")
        keep_published(county, term, len(then.publications) + 1, files)

    return _enter(county, step, check)


def same_person(one: str, other: str) -> bool:
    """Whether two typed names are one in their letters, whatever their blanks, width or case."""
    return _letters(one) == _letters(other)


def _letters(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _returnable(now: Standing, term: Term, by: str) -> Step:
    if now.state == "locked":
        raise _refused(
            term,
            "已经公布并锁定，不能退回。",
            "结果有错的，改正后重新送审，写明更正的原因。",
        )
    if now.state != "approved":
        return _submitted(now, term, by, "退回")
    _refuse_own(
        next(step for step in reversed(now.steps) if step.kind == "submit"), term, by, "退回"
    )
    return now.steps[-1]


def _submitted(now: Standing, term: Term, by: str, doing: str) -> Step:
    if now.state != "submitted":
        raise _refused(
            term,
            f"没有送审的内容，不能{doing}。",
            f"请经办人先送审：aidkit review submit {term.code} --by 姓名",
        )
    _refuse_own(now.steps[-1], term, by, doing)
    return now.steps[-1]


def _refuse_own(submitted: Step, term: Term, by: str, doing: str) -> None:
    if same_person(submitted.by, by):
        raise _refused(term, f"{by}是送审的人，不能自己{doing}。", f"请由另一个人{doing}。")


def _enter(county: Path, step: Step, check: Callable[[Standing], object]) -> Standing:
    term = Term.parse(step.term)

    def say(records: tuple[Record, ...]) -> Mapping[str, Any]:
        now = standing_in(records, term)
        if not _letters(step.by):
            raise _refused(term, "没有写谁办理。", "请用 --by 写姓名。")
        check(now)
        if now.steps and step.on < now.steps[-1].on:
            raise _refused(
                term,
                f"{step.on} 早于上一步的日子 {now.steps[-1].on}。",
                "请检查 --on；不写就是今天。",
            )
        fields = {"term": step.term, "step": step.kind, "by": step.by, "on": step.on.isoformat()}
        more = {"reason": step.reason, "public": step.public}
        return fields | {"content": step.content} | {k: text for k, text in more.items() if text}

    append(log_of(county), say)
    return standing(county, term)


def _refused(term: Term, what: str, remedy: str) -> UsageError:
    return UsageError(what, where=term.label, remedy=remedy)
