"""entries to bring, digests, looking at an exercise before giving it, the latest answer

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('brought',
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('session_date', sa.Date(), nullable=False),
    sa.Column('at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_brought_run_id_run'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_brought_participant_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_brought_group_id_care_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('run_id', name=op.f('pk_brought'))
    )
    op.create_index(op.f('ix_brought_participant_id'), 'brought', ['participant_id'], unique=False)
    op.create_index('ix_brought_session', 'brought', ['group_id', 'session_date'], unique=False)
    op.create_table('digest',
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=True),
    sa.Column('hour', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_digest_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('staff_id', name=op.f('pk_digest'))
    )
    # No batch: it would make the table anew, and what belongs to its rows would go with the old one.
    op.add_column('trial', sa.Column('target_id', sa.Uuid(), nullable=True))
    op.create_index('ix_answer_latest', 'answer', ['participant_id', 'answered_at'], unique=False)
    op.drop_index(op.f('ix_answer_participant_id'), table_name='answer')


def downgrade() -> None:
    op.create_index(op.f('ix_answer_participant_id'), 'answer', ['participant_id'], unique=False)
    op.drop_index('ix_answer_latest', table_name='answer')
    op.drop_column('trial', 'target_id')
    op.drop_table('digest')
    op.drop_index('ix_brought_session', table_name='brought')
    op.drop_index(op.f('ix_brought_participant_id'), table_name='brought')
    op.drop_table('brought')
