"""What a message only tells is told from what it asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.builtin.questions.told import told_stretches


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Rudi is leaving, I heard. Who takes over from him at Puspa Karya?", ["Rudi is leaving, I heard."]),
        ("Bu Ningsih kan sudah pensiun, jadi yang memutuskan di Toko Lima sekarang siapa?", ["Bu Ningsih kan sudah pensiun"]),
        ("Who signs for Puspa Karya, and until when?", []),
        ("Kontraknya berakhir kapan? Kata Pak Danu bulan April", ["Kata Pak Danu bulan April"]),
        ("Sebutkan biaya Toko Lima. Sebutkan juga tenggatnya.", []),
        ("Semua pelanggan Medan", []),
    ],
)
def test_what_is_told(message: str, told: list[str]) -> None:
    assert [message[start:end].strip() for start, end in told_stretches(message)] == told


@given(st.text(max_size=200))
def test_stretches_lie_in_the_message_in_order_and_never_are_all_of_it(message: str) -> None:
    found = told_stretches(message)
    assert all(0 <= start < end <= len(message) for start, end in found)
    assert all(one[1] <= other[0] for one, other in zip(found, found[1:], strict=False))
