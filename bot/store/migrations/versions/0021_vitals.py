"""vitals: when each part of the work last went well, and an index of messages in trouble

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)
TROUBLE = sa.text("status IN ('uncertain', 'failed')")


def upgrade() -> None:
    op.create_table('vital',
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('at', UTC, nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('part', name=op.f('pk_vital'))
    )
    op.create_index('ix_outbox_trouble', 'outbox', ['status', 'kind'], unique=False,
                    sqlite_where=TROUBLE, postgresql_where=TROUBLE)


def downgrade() -> None:
    op.drop_index('ix_outbox_trouble', table_name='outbox')
    op.drop_table('vital')
