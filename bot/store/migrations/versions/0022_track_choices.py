"""track_choice: how a track offers an exercise, as the programme chose it

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('track_choice',
    sa.Column('track', sa.String(), nullable=False),
    sa.Column('exercise_id', sa.String(), nullable=False),
    sa.Column('offer', sa.String(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=False),
    sa.Column('at', UTC, nullable=False),
    sa.Column('sealed_why', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('track', 'exercise_id', name=op.f('pk_track_choice'))
    )


def downgrade() -> None:
    op.drop_table('track_choice')
