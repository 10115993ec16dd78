"""what was just said

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('recent',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_texts', sa.LargeBinary(), nullable=False),
    sa.Column('at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_recent_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', name=op.f('pk_recent'))
    )


def downgrade() -> None:
    op.drop_table('recent')
