"""comments of therapists on entries

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('comment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_text', sa.LargeBinary(), nullable=False),
    sa.Column('written_at', UTC, nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('stopped', sa.String(), nullable=True),
    sa.Column('thanked_at', UTC, nullable=True),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_comment_run_id_run'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_comment_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment'))
    )
    for name in ('run_id', 'participant_id'):
        op.create_index(op.f(f'ix_comment_{name}'), 'comment', [name], unique=False)


def downgrade() -> None:
    for name in ('run_id', 'participant_id'):
        op.drop_index(op.f(f'ix_comment_{name}'), table_name='comment')
    op.drop_table('comment')
