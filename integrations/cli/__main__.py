"""`python -m integrations.cli` is `akrab`."""

from integrations.cli.app import main

main()
