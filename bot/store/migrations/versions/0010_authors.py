"""easier words, reviewers and what they try, files that were left out

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.add_column('participant', sa.Column('plain', sa.Boolean(), nullable=True))
    op.add_column('staff', sa.Column('reviewer', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table('trial',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_file', sa.LargeBinary(), nullable=True),
    sa.Column('sealed_exercise', sa.LargeBinary(), nullable=True),
    sa.Column('sealed_state', sa.LargeBinary(), nullable=True),
    sa.Column('updated_at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_trial_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trial')),
    sa.UniqueConstraint('participant_id', name=op.f('uq_trial_participant_id'))
    )
    op.create_table('content_notice',
    sa.Column('sha', sa.String(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('told_at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_content_notice_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sha', 'staff_id', name=op.f('pk_content_notice'))
    )


def downgrade() -> None:
    op.drop_table('content_notice')
    op.drop_table('trial')
    op.drop_column('staff', 'reviewer')
    op.drop_column('participant', 'plain')
