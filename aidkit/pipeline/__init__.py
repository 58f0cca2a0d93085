"""What has to run, in what order: workbooks → tables → notebooks → record → site."""
