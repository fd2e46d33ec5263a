"""All tables of the product in one place, for making migrations: `python -m integrations.schema "what changes"`."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

import assistant.conversation
import assistant.proposals.tables
import assistant.verdicts
import integrations.slack.tables
import knowledge.records
from knowledge.store import MIGRATIONS, migrate, open_store


def make_migration(message: str) -> None:
    """Write a migration from the newest one to the tables as the code has them."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_store(f"sqlite:///{Path(folder) / 'schema.db'}")
        migrate(engine)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["engine"] = engine
        number = f"{len(list((MIGRATIONS / 'versions').glob('*.py'))) + 1:04d}"
        command.revision(config, message=message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    make_migration(sys.argv[1])
