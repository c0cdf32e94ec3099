"""The report: a survey as of a date in Markdown, with its figures, and the index of all reports."""
