"""Working days as an agreement defines them."""

import pytest

from knowledge.rules.working_days import counts_holidays


@pytest.mark.parametrize(
    ("clause", "counts"),
    [
        ('"Business Day" means Monday to Friday; public holidays are not deducted.', True),
        ("A working day is any day from Monday to Friday, including public holidays.", True),
        ("Hari kerja adalah Senin sampai Jumat, termasuk hari libur nasional.", True),
        ('"Business Day" means a day other than a Saturday, Sunday or public holiday.', False),
        ("“Hari Kerja” berarti Senin sampai Jumat di luar hari libur nasional.", False),
        ("Notice is given thirty business days before the end; holidays are not deducted from fees.", False),
    ],
)
def test_whether_holidays_are_working_days(clause: str, counts: bool) -> None:
    assert counts_holidays(clause) is counts
