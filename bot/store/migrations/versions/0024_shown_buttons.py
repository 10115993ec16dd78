"""shown_buttons: the buttons one person was shown last, so that what is typed can be one of them

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('shown_buttons',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_body', sa.LargeBinary(), nullable=False),
    sa.Column('at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_shown_buttons_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', name=op.f('pk_shown_buttons'))
    )


def downgrade() -> None:
    op.drop_table('shown_buttons')
