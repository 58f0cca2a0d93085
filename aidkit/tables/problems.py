"""What is wrong with rows, and what was passed over by rule: data, not exceptions."""

import dataframely as dy


class Problems(dy.Schema):
    """One row is one fault of one cell, row, sheet or file."""

    file = dy.String(description="path relative to the county folder, with /")
    sheet = dy.String(description="sheet name; empty for CSV or a whole file")
    row = dy.Int64(
        nullable=True, description="row number as Excel shows it; null for a whole sheet"
    )
    column = dy.String(description="column letter and header, e.g. `C 身份证号`; may be empty")
    value = dy.String(description="what stands there, as text")
    code = dy.String(description="kind of fault, snake_case, stable")
    severity = dy.String(description="`error`: the row is set aside; `warning`: it is kept")
    message = dy.String(description="what is wrong, Chinese")
    remedy = dy.String(description="what to do, Chinese")


class ReadCounts(dy.Schema):
    """One row is one sheet: every row of it is accounted for.

    rows = header_rows + blank_rows + total_rows + good_rows + bad_rows
    """

    file = dy.String(description="path relative to the county folder, with /")
    sheet = dy.String(description="sheet name")
    table = dy.String(nullable=True, description="which table it is; null when not recognised")
    rows = dy.Int64(description="rows from the first to the last used one")
    header_rows = dy.Int64(description="title lines, header lines, notes around the table")
    blank_rows = dy.Int64(description="empty rows, passed over by rule")
    total_rows = dy.Int64(description="小计, 合计, 总计 rows, passed over by rule")
    good_rows = dy.Int64(description="rows kept")
    bad_rows = dy.Int64(description="rows set aside, each with at least one error in Problems")
