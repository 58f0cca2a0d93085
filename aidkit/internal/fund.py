"""The internal report of a fund: everything, with donors, for those who keep and audit it."""

import datetime as dt
from dataclasses import dataclass

from aidkit.errors import MissingTablesError, UsageError
from aidkit.fund.period import Period
from aidkit.internal.fund_duties import duties_section, pledges_section, ratios_section
from aidkit.internal.fund_gifts import feedback_section, gifts_section, receipts_section
from aidkit.internal.fund_kept import (
    comparison_section,
    corrections_section,
    goods_section,
    pools_section,
    reconciled_section,
)
from aidkit.project import find_project
from aidkit.show.fund import FundView, fund_view, read_fund_slice
from aidkit.show.fund_activity import activity_section
from aidkit.show.fund_money import (
    income_section,
    spending_section,
    summary_section,
)
from aidkit.show.fund_page import fund_key_points, fund_page, fund_trust, unreconciled
from aidkit.show.parameters import county_of, term_of, text_of
from aidkit.show.parts import Part, callout, join, prose

PAYOUTS = ("persons", "times", "money_fen", "goods_fen", "fen")


@dataclass(frozen=True)
class InternalFund:
    """A fund's internal report; every method is one section.

    Attributes:
        view: The fund and its days, nothing withheld.
        published_on: ISO date.
        next_update: ISO date.
    """

    view: FundView
    published_on: str
    next_update: str

    def page(self) -> Part:
        """Title, who may read it, and whether the bank agrees."""
        top = fund_page(
            self.view,
            published_on=self.published_on,
            next_update=self.next_update,
            kind="基金收支报告（内部资料）",
            shows_figures=True,
        )
        warning = callout(
            "内部资料 · 供基金管理人员和审计使用",
            prose("含捐赠人姓名。不得外传、不得张贴、不得放到公开的网站上；用完请妥善保存或销毁。"),
            kind="important",
        )
        return join((warning, top, *([] if self.view.told else [unreconciled(self.view)])))

    def key_points(self) -> Part:
        """What came in, went out and is left."""
        return fund_key_points(self.view)

    def summary(self) -> Part:
        """The 收支公示表, and beside the period before."""
        return join((summary_section(self.view), comparison_section(self.view)))

    def flows(self) -> Part:
        """Income by class and month, spending by program, the yearly 业务活动表."""
        spending = spending_section(self.view, PAYOUTS)
        return join((income_section(self.view), spending, activity_section(self.view)))

    def gifts(self) -> Part:
        """Gifts with donors, and the register of receipts."""
        return join((gifts_section(self.view), receipts_section(self.view)))

    def feedback(self) -> Part:
        """Where each gift went."""
        return feedback_section(self.view)

    def kept(self) -> Part:
        """What is left of each purpose, goods in store, corrections."""
        parts = (pools_section, goods_section, corrections_section)
        return join(part(self.view) for part in parts)

    def duties(self) -> Part:
        """Ratios, the calendar of duties, pledges of staff."""
        parts = (ratios_section, duties_section, pledges_section)
        return join(part(self.view) for part in parts)

    def trust(self) -> Part:
        """The reconciliation with the bank, and the journal's head."""
        return join((reconciled_section(self.view), fund_trust(self.view, public=False)))


def open_fund(
    term: str,
    county: str,
    fund: str,
    *,
    first: str,
    last: str,
    published_on: str,
    next_update: str,
) -> InternalFund:
    """Open the stored tables of a fund's report; of other days they are worked out on the spot.

    Args:
        term: E.g. `2026-autumn`.
        county: County folder, relative to the project.
        fund: Id of the fund.
        first: First day of the report, ISO.
        last: Last day, ISO.
        published_on: Date of the report, ISO.
        next_update: Date of the next one, ISO.

    Raises:
        InputError: The journal is not what was written.
        UsageError: A parameter is not text or names nothing that exists.
    """
    project = find_project()
    folder, wanted = county_of(project, county), term_of(term)
    days = {"fund": fund, "first": first, "last": last}
    try:
        view = read_fund_slice(project, folder, wanted, "internal", days)
    except (MissingTablesError, UsageError):
        # Imported here: most notebooks find stored tables.
        from aidkit.pipeline.fund_slices import frames_now  # noqa: PLC0415

        period = Period(_day("first", first), _day("last", last))
        view = fund_view(frames_now(project, folder, wanted, text_of("fund", fund), period))
    return InternalFund(
        view, text_of("published_on", published_on), text_of("next_update", next_update)
    )


def _day(name: str, value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text_of(name, value))
    except ValueError:
        raise UsageError(
            f"参数 {name} 不是日期：{value}", remedy='请写成 "2026-09-01" 的样子。'
        ) from None
