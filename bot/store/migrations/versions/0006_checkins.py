"""entries about a day, measures, scores by staff, targets of one person

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('run') as batch_op:
        batch_op.add_column(sa.Column('about', sa.Date(), nullable=True))
    op.create_table('measure_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('measure', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('installed_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_text')),
    sa.UniqueConstraint('measure', 'version', name=op.f('uq_measure_text_measure_version')),
    sqlite_autoincrement=True
    )
    op.create_table('staff_score',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('measure', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('sealed_body', sa.LargeBinary(), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=True),
    sa.Column('entered_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_staff_score_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_score'))
    )
    op.create_index('ix_staff_score_person', 'staff_score', ['participant_id', 'measure', 'day'], unique=False)
    op.create_table('target',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('exercise_id', sa.String(), nullable=False),
    sa.Column('sealed_body', sa.LargeBinary(), nullable=False),
    sa.Column('chosen_by', sa.Uuid(), nullable=True),
    sa.Column('chosen_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_target_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', 'exercise_id', name=op.f('pk_target'))
    )


def downgrade() -> None:
    op.drop_table('target')
    op.drop_index('ix_staff_score_person', table_name='staff_score')
    op.drop_table('staff_score')
    op.drop_table('measure_text')
    with op.batch_alter_table('run') as batch_op:
        batch_op.drop_column('about')
