"""Indonesian and English as equals: pure functions over text, with no store, no network and no clock of their own.

Word lists live in the TOML files beside the modules, both languages side by side, so that a word can be added without
touching code. Everything that depends on the day takes `today` as an argument.
"""
