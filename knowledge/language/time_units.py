"""How long the units of time are that are always as long."""

MINUTES_IN = {"minute": 1, "hour": 60, "day": 1440, "week": 10_080}
"""Minutes in a unit of a length of time; business days, months and years are no fixed number of them."""
MONTHS_IN = {"month": 1, "year": 12}
"""Months in a unit of a length of time."""
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""Months of a period of the calendar, by the precision of its dates."""
