"""files Telegram has already, and who wants sounds and moving pictures

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('media_file',
    sa.Column('bot_id', sa.BigInteger(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('file_id', sa.String(), nullable=False),
    sa.Column('uploaded_at', UTC, nullable=False),
    sa.PrimaryKeyConstraint('bot_id', 'key', 'sha256', name=op.f('pk_media_file'))
    )
    op.create_table('preference',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('sounds', sa.Boolean(), nullable=False),
    sa.Column('pictures', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_preference_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', name=op.f('pk_preference'))
    )


def downgrade() -> None:
    op.drop_table('preference')
    op.drop_table('media_file')
