"""Rules of the field as pure functions over typed values: no database, no clock, no language."""
