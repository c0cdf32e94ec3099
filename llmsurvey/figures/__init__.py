"""Pictures that are drawn from a survey: one file a figure, each saved as svg, png, pdf, csv and alt text."""
