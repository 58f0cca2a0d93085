"""What every row read from a workbook has: where it stood."""

import dataframely as dy


class InputRow(dy.Schema):
    """A row read from a workbook: where it stood."""

    source_file = dy.String(description="path relative to the county folder, with /")
    source_sheet = dy.String(description="sheet name; empty for CSV")
    source_row = dy.Int64(description="row number as Excel shows it, from 1")
    term = dy.String(
        nullable=True, description="term code of the folder; null in county-wide files"
    )
