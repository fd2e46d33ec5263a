"""also named"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('alsonamed',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_alsonamed_customer_id_customer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_alsonamed_document_id_document'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('document_id', 'customer_id', name=op.f('pk_alsonamed'))
    )
    with op.batch_alter_table('alsonamed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alsonamed_customer_id'), ['customer_id'], unique=False)


def downgrade() -> None:
    op.drop_table('alsonamed')
