"""Questions for the fee with more of something."""

import pytest

from assistant.tools.agreements.added_units import More, more_asked


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("kalau nambah satu toko lagi, totalnya jadi berapa?", More(1, "toko")),
        ("dengan dua kapal tambahan bayarnya berapa sebulan?", More(2, "kapal")),
        ("What would they pay a month with three more kiosks?", More(3, "kiosks")),
        ("and with another kiosk, what does it come to?", More(1, "kiosk")),
        ("berapa biaya bulanan mereka?", None),
        ("what is the fee for 3 months?", None),
        ("mereka mau nambah berapa kamera?", None),
        ("they asked for 6 more seats, by when?", None),
    ],
)
def test_how_many_more_of_what(question: str, more: More | None) -> None:
    assert more_asked(question) == more
