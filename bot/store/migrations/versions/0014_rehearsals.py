"""rehearsals: talks two partners practise, their lines and cards

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('rehearsal',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pair_id', sa.Uuid(), nullable=False),
    sa.Column('first_id', sa.Uuid(), nullable=False),
    sa.Column('second_id', sa.Uuid(), nullable=False),
    sa.Column('talk', sa.String(), nullable=False),
    sa.Column('variant', sa.String(), nullable=False),
    sa.Column('revision', sa.String(), nullable=False),
    sa.Column('phase', sa.String(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('spoken', sa.Integer(), nullable=False),
    sa.Column('until', UTC, nullable=False),
    sa.Column('ending', sa.String(), nullable=True),
    sa.Column('live', sa.Boolean(), nullable=False),
    sa.Column('begun_at', UTC, nullable=False),
    sa.Column('agreed_at', UTC, nullable=True),
    sa.ForeignKeyConstraint(['pair_id'], ['pair.id'], name=op.f('fk_rehearsal_pair_id_pair'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['first_id'], ['participant.id'], name=op.f('fk_rehearsal_first_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['participant.id'], name=op.f('fk_rehearsal_second_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rehearsal'))
    )
    for name in ('pair_id', 'first_id', 'second_id'):
        op.create_index(op.f(f'ix_rehearsal_{name}'), 'rehearsal', [name], unique=False)
    op.create_index('uq_rehearsal_live', 'rehearsal', ['pair_id'], unique=True,
        sqlite_where=sa.text('live'), postgresql_where=sa.text('live'))
    op.create_table('rehearsal_line',
    sa.Column('rehearsal_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('ready', sa.String(), nullable=True),
    sa.Column('sealed_text', sa.LargeBinary(), nullable=True),
    sa.Column('at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['rehearsal_id'], ['rehearsal.id'], name=op.f('fk_rehearsal_line_rehearsal_id_rehearsal'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_rehearsal_line_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('rehearsal_id', 'place', name=op.f('pk_rehearsal_line'))
    )
    op.create_table('rehearsal_card',
    sa.Column('rehearsal_id', sa.Uuid(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('giver_id', sa.Uuid(), nullable=False),
    sa.Column('receiver_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_body', sa.LargeBinary(), nullable=False),
    sa.Column('given_at', UTC, nullable=True),
    sa.Column('heard', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['rehearsal_id'], ['rehearsal.id'], name=op.f('fk_rehearsal_card_rehearsal_id_rehearsal'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['giver_id'], ['participant.id'], name=op.f('fk_rehearsal_card_giver_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['receiver_id'], ['participant.id'], name=op.f('fk_rehearsal_card_receiver_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('rehearsal_id', 'round', name=op.f('pk_rehearsal_card'))
    )


def downgrade() -> None:
    op.drop_table('rehearsal_card')
    op.drop_table('rehearsal_line')
    op.drop_index('uq_rehearsal_live', table_name='rehearsal')
    for name in ('pair_id', 'first_id', 'second_id'):
        op.drop_index(op.f(f'ix_rehearsal_{name}'), table_name='rehearsal')
    op.drop_table('rehearsal')
