"""what is enabled for one person, topics to be spared, reviewed exercises only

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('enabled',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('exercise_id', sa.String(), nullable=False),
    sa.Column('enabled_by', sa.Uuid(), nullable=False),
    sa.Column('enabled_at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_enabled_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', 'exercise_id', name=op.f('pk_enabled'))
    )
    op.create_table('spared',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_body', sa.LargeBinary(), nullable=False),
    sa.Column('changed_at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_spared_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', name=op.f('pk_spared'))
    )
    with op.batch_alter_table('programme') as batch:
        batch.add_column(sa.Column('reviewed_only', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table('programme') as batch:
        batch.drop_column('reviewed_only')
    op.drop_table('spared')
    op.drop_table('enabled')
