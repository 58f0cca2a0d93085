"""Public tables: all that public notebooks and pages may read. Made only by `disclosure`.

A measure is a count or a sum of money. `persons` (`boarders`) is null exactly where `suppressed`
is true; `amount_fen` is null there too, and where the sum would give a withheld part back.
"""

import dataframely as dy


class PublicSchools(dy.Schema):
    """One row is a school: what anyone may know of it."""

    school_code = dy.String(primary_key=True)
    school_name = dy.String()
    school_type = dy.String()
    ownership = dy.String()
    locality = dy.String()


class PublicRoll(dy.Schema):
    """One row is a grade of a school (grade `all`: the school; school `all`: the county)."""

    school_code = dy.String(primary_key=True)
    grade = dy.String(primary_key=True)
    students = dy.Int64(description="on the roll; not a sensitive figure")
    boarders = dy.Int64(nullable=True)
    suppressed = dy.Bool(description="whether boarders is withheld")


class PublicAid(dy.Schema):
    """One row is a disclosed cell of aid: a school (or `all`), a breakdown and one of its groups.

    Breakdowns: `total` (group `all`: anyone with aid other than the universal waiver),
    `program` (group: program id), `tier` (group: `program_id/tier`), `grade` (group: grade),
    `category` (group: special group code), and for the county `actual` (group `all`: those who
    get less than a whole term's amount, and the money of `total` by actual time, both rounded so
    that two builds of a term tell of nobody who left in between).
    """

    school_code = dy.String(primary_key=True, description="school code, or `all` for the county")
    breakdown = dy.String(primary_key=True)
    group = dy.String(primary_key=True)
    persons = dy.Int64(nullable=True)
    amount_fen = dy.Int64(
        nullable=True, description="for a whole term by law; null for `grade`, `category`"
    )
    suppressed = dy.Bool()


class PublicPrograms(dy.Schema):
    """One row is a program version that decided in this term: public law and figures."""

    program_id = dy.String(primary_key=True)
    version_id = dy.String(primary_key=True)
    title = dy.String()
    subject = dy.String(description="whom it is for: `student`, `freshman` or `teacher`")
    funder = dy.String(description="who gives it; vocabulary `funder`")
    region = dy.String()
    source_title = dy.String(description="document in 《》, or what an excerpt tells")
    doc_no = dy.String(nullable=True)
    clause = dy.String(nullable=True)
    status = dy.String(description="`verified`, `unverified` (未核实) or `assumed` date")
    checked_until = dy.Date(
        nullable=True, description="last day for which somebody confirmed it; null: nobody did"
    )
    in_kind = dy.Bool(description="food or waived fees, not money paid to the family")
    universal = dy.Bool(description="for everyone on the roll: not counted as aid to the poor")
    case_by_case = dy.Bool(description="a panel decides each amount by itself")
    quota = dy.String(nullable=True, description="how many may get it and who comes first, Chinese")
    relations = dy.List(
        dy.Struct(
            {
                "relation": dy.String(),
                "programs": dy.List(dy.String()),
                "clause": dy.String(nullable=True),
            }
        ),
        description="`stack`, `higher_of` or `exclusive` (yields to) with other programs in force",
    )
    funding = dy.List(
        dy.Struct({"level": dy.String(), "percent": dy.Int64()}),
        description="shares of levels of government; empty where not stated",
    )
    targets = dy.List(
        dy.Struct({"target": dy.String(), "figure": dy.Int64()}),
        description="what the whole program must reach in a year",
    )


class PublicDataQuality(dy.Schema):
    """One row is the county's or a school's count of rows read and problems found."""

    school_code = dy.String(primary_key=True, description="`all` for the county")
    rows = dy.Int64()
    errors = dy.Int64()
    warnings = dy.Int64()


class PublicProgress(dy.Schema):
    """One row is a stage of the county and a band: how many pupils moved so since last term.

    Never of a school: schools in compulsory education are not compared by results in public.
    """

    stage = dy.String(primary_key=True, description="vocabulary stage, or `all` of those told")
    band = dy.String(primary_key=True, description="one of `progress.bands.BANDS`")
    of = dy.Int64(description="pupils of the stage that were examined; not a sensitive figure")
    pupils = dy.Int64(nullable=True)
    share = dy.Float64(
        nullable=True,
        description="pupils ÷ (of − those of `not_assessed`), 0 to 1, to three decimals; null "
        "where either is withheld, and of `not_assessed` itself",
    )
    suppressed = dy.Bool()


class NamedDonors(dy.Schema):
    """One row is a donor who agreed to be named: a declared named table (allow-list)."""

    number = dy.Int64(primary_key=True, description="number in this table")
    donor = dy.String()
    amount_fen = dy.Int64()
    donated_on = dy.Date(nullable=True)


class PublicFundSummary(dy.Schema):
    """One row is a line of a fund's 收支公示表, as `FundSummary`; balances are totals alone."""

    section = dy.String(primary_key=True)
    line = dy.String(primary_key=True)
    group = dy.String(
        primary_key=True, description="donor class; program id or `other` (其他资助); else empty"
    )
    fen = dy.Int64(nullable=True, description="null in section `corrections` only")
    whole = dy.Bool(
        nullable=True, description="of programs, see `PublicFundPayouts`; null elsewhere"
    )
    number = dy.Int64(nullable=True, description="of corrections; null elsewhere")


class PublicFundPayouts(dy.Schema):
    """One row is a program of a fund, `other` (其他资助) or `total`."""

    program = dy.String(primary_key=True)
    times = dy.Int64(nullable=True, description="人次; null where it would tell of few")
    fen = dy.Int64()
    whole = dy.Bool(
        description="false: in some months the program is in `other`, where few were paid"
    )
    unvalued = dy.Bool(description="whether goods that nobody valued are in no sum of it")


class PublicFundGifts(dy.Schema):
    """One row is a gift to a fund: a declared named table (allow-list) for those who agreed."""

    number = dy.Int64(primary_key=True, description="number in this table")
    consent = dy.String(description="vocabulary `consent`")
    donor = dy.String(description="empty unless the donor agreed to be named")
    donated_on = dy.Date(nullable=True, description="null where only the amount may be known")
    kind = dy.String(description="one of `fund.entry.OF_DONORS`")
    amount_fen = dy.Int64(description="0: only goods that nobody valued")


class PublicFundActivity(dy.Schema):
    """One row is a line of a fund's 业务活动表, as `FundActivity`."""

    row = dy.Int64(primary_key=True)
    line = dy.String()
    unrestricted_fen = dy.Int64(nullable=True, description="null: withheld")
    restricted_fen = dy.Int64(nullable=True, description="null: withheld")
    fen = dy.Int64()


DISCLOSED: dict[str, type[dy.Schema]] = {
    "schools": PublicSchools,
    "roll": PublicRoll,
    "aid": PublicAid,
    "programs": PublicPrograms,
    "data_quality": PublicDataQuality,
    "named_donors": NamedDonors,
}
"""Every table that may lie in `reports/<county>/<term>/public`, by file name."""

DISCLOSED_LEARNERS: dict[str, type[dy.Schema]] = {"progress": PublicProgress}
"""Every public table of a term's learners: it lies beside those of `DISCLOSED`, by file name."""

DISCLOSED_FUND: dict[str, type[dy.Schema]] = {
    "fund_summary": PublicFundSummary,
    "fund_payouts": PublicFundPayouts,
    "fund_gifts": PublicFundGifts,
    "fund_activity": PublicFundActivity,
}
"""Every public table of a fund and a period, by file name."""

ALL = "all"
"""Stands for the whole: all schools, all grades, all groups."""
