"""away: who is away, and which exercises a clinician has signed

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('away',
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('since', UTC, nullable=False),
    sa.Column('until', UTC, nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_away_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('staff_id', name=op.f('pk_away'))
    )
    op.create_table('review',
    sa.Column('exercise_id', sa.String(), nullable=False),
    sa.Column('revision', sa.String(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=False),
    sa.Column('at', UTC, nullable=False),
    sa.PrimaryKeyConstraint('exercise_id', 'revision', name=op.f('pk_review'))
    )


def downgrade() -> None:
    op.drop_table('review')
    op.drop_table('away')
