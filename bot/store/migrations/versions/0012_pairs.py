"""partners: pairs and their sides, what each shares, blocks, wishes, promises, nudges

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    for name in ('partner_pairs', 'partner_notes'):
        op.add_column('programme', sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table('pair',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('first_id', sa.Uuid(), nullable=False),
    sa.Column('second_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reasons', sa.String(), nullable=False),
    sa.Column('proposed_at', UTC, nullable=False),
    sa.Column('approved_at', UTC, nullable=True),
    sa.Column('approved_by', sa.Uuid(), nullable=True),
    sa.Column('active_at', UTC, nullable=True),
    sa.Column('ended_at', UTC, nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_pair_group_id_care_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['first_id'], ['participant.id'], name=op.f('fk_pair_first_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['participant.id'], name=op.f('fk_pair_second_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair'))
    )
    for name in ('group_id', 'first_id', 'second_id'):
        op.create_index(op.f(f'ix_pair_{name}'), 'pair', [name], unique=False)
    op.create_table('pair_side',
    sa.Column('pair_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=False),
    sa.Column('live', sa.Boolean(), nullable=False),
    sa.Column('accepted_at', UTC, nullable=True),
    sa.Column('muted', sa.Boolean(), nullable=False),
    sa.Column('paused', sa.Boolean(), nullable=False),
    sa.Column('left', sa.Boolean(), nullable=False),
    sa.Column('stays', sa.Boolean(), nullable=False),
    sa.Column('reported_at', UTC, nullable=True),
    sa.Column('noticed_on', sa.Date(), nullable=True),
    sa.Column('looked_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['pair_id'], ['pair.id'], name=op.f('fk_pair_side_pair_id_pair'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_pair_side_participant_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['partner_id'], ['participant.id'], name=op.f('fk_pair_side_partner_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pair_id', 'participant_id', name=op.f('pk_pair_side'))
    )
    op.create_index(op.f('ix_pair_side_participant_id'), 'pair_side', ['participant_id'], unique=False)
    op.create_index('uq_pair_side_live', 'pair_side', ['participant_id'], unique=True,
        sqlite_where=sa.text('live'), postgresql_where=sa.text('live'))
    op.create_table('pair_share',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pair_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('recipient_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('granted', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text_sha', sa.String(), nullable=False),
    sa.Column('at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['pair_id'], ['pair.id'], name=op.f('fk_pair_share_pair_id_pair'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_pair_share_participant_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recipient_id'], ['participant.id'], name=op.f('fk_pair_share_recipient_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair_share'))
    )
    for name in ('pair_id', 'participant_id'):
        op.create_index(op.f(f'ix_pair_share_{name}'), 'pair_share', [name], unique=False)
    op.create_table('pair_block',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('blocked_id', sa.Uuid(), nullable=False),
    sa.Column('at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_pair_block_participant_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['blocked_id'], ['participant.id'], name=op.f('fk_pair_block_blocked_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', 'blocked_id', name=op.f('pk_pair_block'))
    )
    op.create_table('pair_wish',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('wants', sa.String(), nullable=False),
    sa.Column('sealed_body', sa.LargeBinary(), nullable=True),
    sa.Column('at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_pair_wish_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', name=op.f('pk_pair_wish'))
    )
    op.create_table('partner_promise',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('pair_id', sa.Uuid(), nullable=True),
    sa.Column('sealed_text', sa.LargeBinary(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', UTC, nullable=False),
    sa.Column('answered_at', UTC, nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_partner_promise_participant_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pair_id'], ['pair.id'], name=op.f('fk_partner_promise_pair_id_pair'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_promise'))
    )
    op.create_index(op.f('ix_partner_promise_participant_id'), 'partner_promise', ['participant_id'], unique=False)
    op.create_table('nudge',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pair_id', sa.Uuid(), nullable=False),
    sa.Column('giver_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('phrase', sa.String(), nullable=True),
    sa.Column('sealed_note', sa.LargeBinary(), nullable=True),
    sa.Column('at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['pair_id'], ['pair.id'], name=op.f('fk_nudge_pair_id_pair'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['giver_id'], ['participant.id'], name=op.f('fk_nudge_giver_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nudge')),
    sa.UniqueConstraint('pair_id', 'giver_id', 'day', 'place', name=op.f('uq_nudge_pair_id_giver_id_day_place'))
    )


def downgrade() -> None:
    op.drop_table('nudge')
    op.drop_index(op.f('ix_partner_promise_participant_id'), table_name='partner_promise')
    op.drop_table('partner_promise')
    op.drop_table('pair_wish')
    op.drop_table('pair_block')
    for name in ('pair_id', 'participant_id'):
        op.drop_index(op.f(f'ix_pair_share_{name}'), table_name='pair_share')
    op.drop_table('pair_share')
    op.drop_index('uq_pair_side_live', table_name='pair_side')
    op.drop_index(op.f('ix_pair_side_participant_id'), table_name='pair_side')
    op.drop_table('pair_side')
    for name in ('group_id', 'first_id', 'second_id'):
        op.drop_index(op.f(f'ix_pair_{name}'), table_name='pair')
    op.drop_table('pair')
    with op.batch_alter_table('programme') as batch_op:
        batch_op.drop_column('partner_notes')
        batch_op.drop_column('partner_pairs')
