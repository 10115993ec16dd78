"""workshops people are in, lessons that opened, tools kept on top

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)
RUNNING = sa.text("state = 'running'")


def upgrade() -> None:
    op.create_table('enrolment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.String(), nullable=False),
    sa.Column('revision', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('given_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', UTC, nullable=False),
    sa.Column('joined_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_enrolment_participant_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['revision'], ['revision.sha'], name=op.f('fk_enrolment_revision_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment'))
    )
    op.create_index(op.f('ix_enrolment_participant_id'), 'enrolment', ['participant_id'], unique=False)
    op.create_index('uq_enrolment_running', 'enrolment', ['participant_id'], unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING)
    op.create_table('lesson',
    sa.Column('enrolment_id', sa.Uuid(), nullable=False),
    sa.Column('lesson', sa.String(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('opened_at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_lesson_enrolment_id_enrolment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_lesson_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('enrolment_id', 'lesson', name=op.f('pk_lesson'))
    )
    op.create_index(op.f('ix_lesson_participant_id'), 'lesson', ['participant_id'], unique=False)
    op.create_table('pinned_tool',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('exercise_id', sa.String(), nullable=False),
    sa.Column('pinned_at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_pinned_tool_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', 'exercise_id', name=op.f('pk_pinned_tool'))
    )


def downgrade() -> None:
    op.drop_table('pinned_tool')
    op.drop_index(op.f('ix_lesson_participant_id'), table_name='lesson')
    op.drop_table('lesson')
    op.drop_index('uq_enrolment_running', table_name='enrolment', sqlite_where=RUNNING, postgresql_where=RUNNING)
    op.drop_index(op.f('ix_enrolment_participant_id'), table_name='enrolment')
    op.drop_table('enrolment')
