"""board lines, whom they helped, questions for sessions, phases, days until quiet

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('board_line',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('sealed_body', sa.LargeBinary(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('written_at', UTC, nullable=False),
    sa.Column('decided_at', UTC, nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_board_line_participant_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_board_line_group_id_care_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_line'))
    )
    op.create_index('ix_board_line_group', 'board_line', ['group_id', 'state'], unique=False)
    op.create_index('ix_board_line_person', 'board_line', ['participant_id', 'id'], unique=False)
    op.create_table('board_helped',
    sa.Column('line_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['board_line.id'], name=op.f('fk_board_helped_line_id_board_line'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_board_helped_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('line_id', 'participant_id', name=op.f('pk_board_helped'))
    )
    op.create_index(op.f('ix_board_helped_participant_id'), 'board_helped', ['participant_id'], unique=False)
    op.create_table('discussion',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('session_date', sa.Date(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('chosen_by', sa.Uuid(), nullable=False),
    sa.Column('chosen_at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_discussion_group_id_care_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'session_date', name=op.f('pk_discussion'))
    )
    # No batch: it would make the table anew, and what belongs to its rows would go with the old one.
    op.add_column('care_group', sa.Column('quiet_days', sa.Integer(), nullable=False, server_default='7'))
    op.add_column('member', sa.Column('phase', sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column('member', 'phase')
    op.drop_column('care_group', 'quiet_days')
    op.drop_table('discussion')
    op.drop_index(op.f('ix_board_helped_participant_id'), table_name='board_helped')
    op.drop_table('board_helped')
    op.drop_index('ix_board_line_person', table_name='board_line')
    op.drop_index('ix_board_line_group', table_name='board_line')
    op.drop_table('board_line')
