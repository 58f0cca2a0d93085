"""Workbooks into vouchers: read, compared with the book, shown, and posted as a whole."""
