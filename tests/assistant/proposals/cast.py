"""The fictional provider's customers, people and services of these tests, and a linker that knows them."""

import re
from dataclasses import dataclass, field

from knowledge.access import Viewer

MITRA, LESTARI, KLINIK, HARTMANN, DINAS = 1, 2, 3, 4, 5
CUSTOMERS = {
    MITRA: ["Mitra Kargo", "PT Mitra Kargo Abadi", "MKA", "mitra"],
    LESTARI: ["Bank Cendana", "PT Bank Cendana Raya", "cendana"],
    KLINIK: ["Klinik Waras", "Waras", "KWS"],
    HARTMANN: ["Hartmann", "PT Hartmann Presisi"],
    DINAS: ["Dinas Perikanan Karimun", "diskan"],
}
PEOPLE = {  # contact id: (person id, customer, name)
    11: (101, MITRA, "Joko Widagdo"),
    12: (102, MITRA, "Sekar Arum"),
    13: (103, LESTARI, "Tono Harjono"),
    14: (104, KLINIK, "Mira Kusnadi"),
    15: (105, HARTMANN, "Mira Halim"),
    16: (106, MITRA, "Eka Wibisono"),
    17: (106, KLINIK, "Eka Wibisono"),
    18: (107, HARTMANN, "Greta Sommer"),
    19: (108, DINAS, "Yosef Tabuni"),
    20: (109, DINAS, "Lukas Marbun"),
    21: (109, LESTARI, "Lukas Marbun"),
    22: (110, None, "Rangga Pratomo"),
    23: (111, HARTMANN, "Oliver Brandt"),
    24: (112, KLINIK, "Citra Maheswari"),
}
SERVICES = {
    "ONW": ["ONW", "jaringan kantor", "office network"],
    "HLP": ["HLP", "pusat bantuan", "help desk", "helpdesk"],
    "PAY": ["PAY", "penggajian awan", "cloud payroll", "payroll"],
}
_ADDRESS = r"(?:(?:pak|bu|bapak|ibu|mas|mbak|mr|mrs|ms)\.?\s+)?"
AM = Viewer("wulan", "Wulan", frozenset({MITRA, LESTARI, KLINIK, HARTMANN}))
KLINIK_ONLY = Viewer("bayu", "Bayu", frozenset({KLINIK}))


@dataclass(frozen=True)
class CustomerMention:
    customer_ids: tuple[int, ...]
    text: str
    start: int
    end: int
    score: float = 1.0


@dataclass(frozen=True)
class PersonMention:
    contact_ids: tuple[int, ...]
    person_ids: tuple[int, ...]
    customer_ids: tuple[int | None, ...]
    name: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class ServiceMention:
    code: str
    name: str


def _spans(names: list[str], text: str, lead: str = "") -> list[re.Match[str]]:
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return list(re.finditer(rf"(?<!\w){lead}(?:{alternatives})(?!\w)", text, re.IGNORECASE))


@dataclass(frozen=True)
class FakeLinker:
    """Knows every customer and person of the cast, whoever asks, as the real one does."""

    customers_by_id: dict[int, list[str]] = field(default_factory=lambda: CUSTOMERS)

    def customers(self, text: str) -> list[CustomerMention]:
        return [
            CustomerMention((identity,), match[0], match.start(), match.end())
            for identity, names in self.customers_by_id.items()
            for match in _spans(names, text)
        ]

    def people(self, text: str) -> list[PersonMention]:
        found = []
        for names in {name for _, _, name in PEOPLE.values()} | {name.split()[0] for _, _, name in PEOPLE.values()}:
            for match in _spans([names], text, _ADDRESS):
                fit = {k: v for k, v in PEOPLE.items() if v[2] == names or v[2].split()[0] == names}
                people = tuple(dict.fromkeys(v[0] for v in fit.values()))
                found.append(
                    PersonMention(
                        tuple(fit), people, tuple(v[1] for v in fit.values()), next(iter(fit.values()))[2], match[0], *match.span()
                    )
                )
        longest = sorted(found, key=lambda m: m.start - m.end)
        kept: list[PersonMention] = []
        for mention in longest:
            if all(mention.end <= other.start or mention.start >= other.end for other in kept):
                kept.append(mention)
        return kept

    def services(self, text: str) -> list[ServiceMention]:
        return [ServiceMention(code, names[1]) for code, names in SERVICES.items() if _spans(names, text)]
