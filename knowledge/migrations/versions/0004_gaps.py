"""gaps: what they are about, since when they are answered"""

import sqlalchemy as sa
from alembic import op

import knowledge.records.base

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('gap', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('answered_at', knowledge.records.base.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('sources', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.create_index(batch_op.f('ix_gap_about'), ['about'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('gap', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gap_about'))
        batch_op.drop_column('sources')
        batch_op.drop_column('answered_at')
        batch_op.drop_column('about')
