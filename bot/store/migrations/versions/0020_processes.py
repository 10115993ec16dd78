"""processes: what waits for a worker, and who else received with our token

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('inbox',
    sa.Column('bot_id', sa.BigInteger(), nullable=False),
    sa.Column('update_id', sa.BigInteger(), nullable=False),
    sa.Column('lane', sa.LargeBinary(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('sealed_update', sa.LargeBinary(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('not_before', UTC, nullable=False),
    sa.Column('received_at', UTC, nullable=False),
    sa.PrimaryKeyConstraint('bot_id', 'update_id', name=op.f('pk_inbox'))
    )
    op.create_index('ix_inbox_lane', 'inbox', ['lane', 'update_id'], unique=False)
    op.create_table('rival',
    sa.Column('bot_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('first_at', UTC, nullable=False),
    sa.Column('last_at', UTC, nullable=False),
    sa.PrimaryKeyConstraint('bot_id', 'kind', name=op.f('pk_rival'))
    )


def downgrade() -> None:
    op.drop_table('rival')
    op.drop_index('ix_inbox_lane', table_name='inbox')
    op.drop_table('inbox')
