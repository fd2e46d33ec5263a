"""Texts that somebody could put into a document, a message or a name."""

from hypothesis import settings
from hypothesis import strategies as st

SNIPPETS = [
    "<!channel>", "<!here|x>", "<@U123ABC45>", "<#C0123ABCD|umum>", "<!subteam^S0123ABCD>", "@channel", "@here", "@everyone", "@U123ABC45",
    "[klik](https://jahat.example.com/x?a=rahasia)", "![gambar](https://jahat.example.com/p.png)", "<https://jahat.example.com|klik>",
    "https://jahat.example.com/?q=1", "jahat.example.com", "www.jahat.co.id", "mailto:a@jahat.id", "budi@contoh.co.id", "10.1.2.3/x",
    "[a]: https://jahat.example.com", "[a][b]", "[1](x)", "[1][2]", "[klik][1]", "<img src=x onerror=y>", "<a href='x'>y</a>", "<!-- x -->",
    "# besar", "> kutip", "- satu", "* dua", "1. tiga", "---", "===", "***", "~~~", "```", "`kode`", "``", "**tebal**", "_miring_", "__x__",
    "~coret~", "~~coret~~", "| a | b |", "|---|---|", "| 1 | 2 |", "&amp;", "&lt;!channel&gt;", "\\", "\\[x](y.com)", ":tada:", "<", ">", "&",
    "\u202egnp.exe", "\u200b", "\u2060", "\ufeff", "\x00", "\r\n", "\n", "\n\n", "    kode", "\t", "👩‍👩‍👧", "é", "ａ＠ｂ", "data:text/html,x", "javascript:x()",
    "laporan.pdf", "PT. Angin Ribut", "Rp1.250.000,00", "pukul 14.30", "a*b*c", "2 * 3 * 4", "snake_case_name", "(1)", "]", "[", "](", "!", "[E1]",
    "x" * 200, "kata " * 40,
]  # fmt: skip
texts = st.lists(
    st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=20), st.sampled_from([" ", "\n", ". ", "kata"])), max_size=25
).map("".join)
words = texts.filter(lambda text: text.strip())
languages = st.sampled_from(["id", "en"])
some = settings(max_examples=40, deadline=None)
"""For tests that build whole messages: enough to find what is wrong, few enough for every run."""
