"""exports: what staff took out of here, and why

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('export',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', UTC, nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=True),
    sa.Column('subject', sa.Uuid(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('sealed_reason', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export'))
    )
    for name in ('staff_id', 'subject'):
        op.create_index(op.f(f'ix_export_{name}'), 'export', [name], unique=False)


def downgrade() -> None:
    for name in ('staff_id', 'subject'):
        op.drop_index(op.f(f'ix_export_{name}'), table_name='export')
    op.drop_table('export')
