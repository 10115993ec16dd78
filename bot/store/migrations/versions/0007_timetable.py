"""schedules, occurrences, heartbeats, assignments, attendance

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('schedule',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('exercise_id', sa.String(), nullable=True),
    sa.Column('plan', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_schedule_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule')),
    sa.UniqueConstraint('participant_id', 'name', name=op.f('uq_schedule_participant_id_name'))
    )
    op.create_table('occurrence',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('schedule_id', sa.Uuid(), nullable=False),
    sa.Column('local_date', sa.Date(), nullable=False),
    sa.Column('planned_at', UTC, nullable=True),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('decided_at', UTC, nullable=False),
    sa.Column('exercise_id', sa.String(), nullable=True),
    sa.Column('key', sa.String(), nullable=True),
    sa.Column('run_id', sa.Uuid(), nullable=True),
    sa.Column('snoozes', sa.Integer(), nullable=False),
    sa.Column('snoozed_to', UTC, nullable=True),
    sa.Column('again_at', UTC, nullable=True),
    sa.Column('touched_at', UTC, nullable=True),
    sa.Column('answered_at', UTC, nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_occurrence_participant_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['schedule_id'], ['schedule.id'], name=op.f('fk_occurrence_schedule_id_schedule'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', 'schedule_id', 'local_date', name=op.f('pk_occurrence'))
    )
    op.create_index('ix_occurrence_recent', 'occurrence', ['participant_id', 'decided_at'], unique=False)
    op.create_table('beat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wall', UTC, nullable=False),
    sa.Column('steady', sa.Float(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_beat'))
    )
    op.create_table('outage',
    sa.Column('start_at', UTC, nullable=False),
    sa.Column('end_at', UTC, nullable=False),
    sa.PrimaryKeyConstraint('start_at', name=op.f('pk_outage'))
    )
    op.create_index(op.f('ix_outage_end_at'), 'outage', ['end_at'], unique=False)
    op.create_table('assignment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('exercise_id', sa.String(), nullable=False),
    sa.Column('assigned_by', sa.Uuid(), nullable=False),
    sa.Column('assigned_at', UTC, nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_assignment_group_id_care_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_assignment_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment'))
    )
    op.create_index('ix_assignment_group', 'assignment', ['group_id', 'until'], unique=False)
    op.create_index(op.f('ix_assignment_participant_id'), 'assignment', ['participant_id'], unique=False)
    op.create_table('attendance',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('session_date', sa.Date(), nullable=False),
    sa.Column('at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_attendance_group_id_care_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_attendance_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', 'group_id', 'session_date', name=op.f('pk_attendance'))
    )


def downgrade() -> None:
    op.drop_table('attendance')
    op.drop_index(op.f('ix_assignment_participant_id'), table_name='assignment')
    op.drop_index('ix_assignment_group', table_name='assignment')
    op.drop_table('assignment')
    op.drop_index(op.f('ix_outage_end_at'), table_name='outage')
    op.drop_table('outage')
    op.drop_table('beat')
    op.drop_index('ix_occurrence_recent', table_name='occurrence')
    op.drop_table('occurrence')
    op.drop_table('schedule')
