"""The fictional provider's customers, people and services of these tests, and a linker that knows them."""

from knowledge.access import Viewer
from knowledge.linking import ContactName, KnownCustomer, Linker, Names, ServiceName

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
AM = Viewer("wulan", "Wulan", frozenset({MITRA, LESTARI, KLINIK, HARTMANN}))
KLINIK_ONLY = Viewer("bayu", "Bayu", frozenset({KLINIK}))


def linker() -> Linker:
    """Knows every customer and person of the cast, whoever asks."""
    kinds = ("short", "legal", "abbreviation", "alias")
    return Linker(
        Names(
            [
                KnownCustomer(identity, name, kind)
                for identity, names in CUSTOMERS.items()
                for name, kind in zip(names, kinds, strict=False)
            ],
            [ContactName(identity, person, name, customer) for identity, (person, customer, name) in PEOPLE.items()],
            [ServiceName(code, name) for code, names in SERVICES.items() for name in names],
        )
    )
