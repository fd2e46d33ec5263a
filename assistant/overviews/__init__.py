"""Open questions about one customer ("gimana performa Contoh bulan lalu?", "what did we discuss last time?"), answered by the sections of drafts."""
