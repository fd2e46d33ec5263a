"""The command line: `akrab`. It words results and asks for nothing that the rooms behind it do not give."""
