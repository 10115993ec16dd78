"""office: signing in to the therapists' pages, sessions, second factor, emergencies

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

UTC = bot.store.columns.Utc(timezone=True)


def upgrade() -> None:
    op.create_table('sign_in',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('secret_hash', sa.LargeBinary(), nullable=False),
    sa.Column('code_hash', sa.LargeBinary(), nullable=True),
    sa.Column('staff_id', sa.Uuid(), nullable=True),
    sa.Column('browser', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('numbers', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', UTC, nullable=False),
    sa.Column('expires_at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_sign_in_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_sign_in_secret_hash')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_sign_in_code_hash'))
    )
    op.create_index('ix_sign_in_staff', 'sign_in', ['staff_id', 'made_at'], unique=False)
    op.create_index(op.f('ix_sign_in_expires_at'), 'sign_in', ['expires_at'], unique=False)
    op.create_table('staff_session',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('secret_hash', sa.LargeBinary(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('browser', sa.String(), nullable=False),
    sa.Column('begun_at', UTC, nullable=False),
    sa.Column('seen_at', UTC, nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_session_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_session')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_staff_session_secret_hash'))
    )
    op.create_index(op.f('ix_staff_session_staff_id'), 'staff_session', ['staff_id'], unique=False)
    op.create_table('second_factor',
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_secret', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', UTC, nullable=False),
    sa.Column('confirmed_at', UTC, nullable=True),
    sa.Column('last_step', sa.Integer(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('locked_until', UTC, nullable=True),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_second_factor_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('staff_id', name=op.f('pk_second_factor'))
    )
    op.create_table('recovery_code',
    sa.Column('code_hash', sa.LargeBinary(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_recovery_code_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_recovery_code'))
    )
    op.create_index(op.f('ix_recovery_code_staff_id'), 'recovery_code', ['staff_id'], unique=False)
    op.create_table('emergency',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_reason', sa.LargeBinary(), nullable=False),
    sa.Column('opened_at', UTC, nullable=False),
    sa.Column('until', UTC, nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_emergency_staff_id_staff'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_emergency_group_id_care_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emergency'))
    )
    op.create_index('ix_emergency_staff', 'emergency', ['staff_id', 'until'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_emergency_staff', table_name='emergency')
    op.drop_table('emergency')
    op.drop_index(op.f('ix_recovery_code_staff_id'), table_name='recovery_code')
    op.drop_table('recovery_code')
    op.drop_table('second_factor')
    op.drop_index(op.f('ix_staff_session_staff_id'), table_name='staff_session')
    op.drop_table('staff_session')
    op.drop_index(op.f('ix_sign_in_expires_at'), table_name='sign_in')
    op.drop_index('ix_sign_in_staff', table_name='sign_in')
    op.drop_table('sign_in')
