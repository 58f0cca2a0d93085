"""What the law, and what people promised, ask of a fund: ratios, dates, pledges."""
