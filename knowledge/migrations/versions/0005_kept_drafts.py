"""kept drafts: versions, sources, comments, sign-offs"""

import sqlalchemy as sa
from alembic import op

import knowledge.records.base

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kept_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('audience', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('request', sa.JSON(), nullable=False),
    sa.Column('latest', sa.Integer(), nullable=False),
    sa.Column('locked', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_at', knowledge.records.base.UtcDateTime(), nullable=False),
    sa.Column('source_key', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_kept_draft_customer_id_customer'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_draft')),
    sa.UniqueConstraint('source_key', name=op.f('uq_kept_draft_source_key'))
    )
    with op.batch_alter_table('kept_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_draft_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_kept_draft_made_by'), ['made_by'], unique=False)

    op.create_table('draft_comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('section', sa.String(), nullable=False),
    sa.Column('line', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', knowledge.records.base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['kept_draft.id'], name=op.f('fk_draft_comment_draft_id_kept_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_comment'))
    )
    with op.batch_alter_table('draft_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_comment_draft_id'), ['draft_id'], unique=False)

    op.create_table('draft_signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('behalf', sa.String(), nullable=False),
    sa.Column('content_sha', sa.String(), nullable=False),
    sa.Column('at', knowledge.records.base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['kept_draft.id'], name=op.f('fk_draft_signature_draft_id_kept_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_signature')),
    sa.UniqueConstraint('draft_id', 'number', 'purpose', name=op.f('uq_draft_signature_draft_id'))
    )
    with op.batch_alter_table('draft_signature', schema=None) as batch_op:
        batch_op.create_index('ix_draft_signature_version', ['draft_id', 'number'], unique=False)

    op.create_table('draft_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=True),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_at', knowledge.records.base.UtcDateTime(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('content_sha', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['kept_draft.id'], name=op.f('fk_draft_version_draft_id_kept_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_version')),
    sa.UniqueConstraint('draft_id', 'number', name=op.f('uq_draft_version_draft_id'))
    )
    with op.batch_alter_table('draft_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_version_draft_id'), ['draft_id'], unique=False)

    op.create_table('draft_source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('passage_id', sa.Integer(), nullable=True),
    sa.Column('record_kind', sa.String(), nullable=True),
    sa.Column('record_id', sa.Integer(), nullable=True),
    sa.Column('record_identity', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_draft_source_passage_id_passage'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['version_id'], ['draft_version.id'], name=op.f('fk_draft_source_version_id_draft_version'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_source'))
    )
    with op.batch_alter_table('draft_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_source_passage_id'), ['passage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_source_version_id'), ['version_id'], unique=False)

    op.create_table('draft_source_customer',
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_draft_source_customer_customer_id_customer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['source_id'], ['draft_source.id'], name=op.f('fk_draft_source_customer_source_id_draft_source'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('source_id', 'customer_id', name=op.f('pk_draft_source_customer'))
    )
    with op.batch_alter_table('draft_source_customer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_source_customer_customer_id'), ['customer_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('draft_source_customer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_source_customer_customer_id'))

    op.drop_table('draft_source_customer')
    with op.batch_alter_table('draft_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_source_version_id'))
        batch_op.drop_index(batch_op.f('ix_draft_source_passage_id'))

    op.drop_table('draft_source')
    with op.batch_alter_table('draft_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_version_draft_id'))

    op.drop_table('draft_version')
    with op.batch_alter_table('draft_signature', schema=None) as batch_op:
        batch_op.drop_index('ix_draft_signature_version')

    op.drop_table('draft_signature')
    with op.batch_alter_table('draft_comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_comment_draft_id'))

    op.drop_table('draft_comment')
    with op.batch_alter_table('kept_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_draft_made_by'))
        batch_op.drop_index(batch_op.f('ix_kept_draft_customer_id'))

    op.drop_table('kept_draft')
