"""tombstone

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tombstone',
    sa.Column('telegram_key', sa.LargeBinary(), nullable=False),
    sa.Column('at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('telegram_key', name=op.f('pk_tombstone'))
    )


def downgrade() -> None:
    op.drop_table('tombstone')
