"""people, consent, alerts

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

import bot.store.columns


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


_REFUSE = "RAISE(ABORT, 'the audit trail is append-only')"
_APPEND_ONLY = {
    'sqlite': (
        f'CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT {_REFUSE}; END',
        f'CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT {_REFUSE}; END',
    ),
    'postgresql': (
        "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$",
        'CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit '
        'FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()',
    ),
}


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.Column('actor', sa.Uuid(), nullable=True),
    sa.Column('subject', sa.Uuid(), nullable=True),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_subject'), ['subject'], unique=False)

    op.create_table('care_group',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('track', sa.String(), nullable=True),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('created_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_group')),
    sa.UniqueConstraint('name', name=op.f('uq_care_group_name'))
    )
    op.create_table('mail',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_body', sa.LargeBinary(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('not_before', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.Column('lease_until', bot.store.columns.Utc(timezone=True), nullable=True),
    sa.Column('error', sa.String(), nullable=True),
    sa.Column('created_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.Column('sent_at', bot.store.columns.Utc(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail')),
    sa.UniqueConstraint('key', name=op.f('uq_mail_key')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.create_index('ix_mail_live', ['not_before'], unique=False, sqlite_where=sa.text("status IN ('pending', 'sending')"), postgresql_where=sa.text("status IN ('pending', 'sending')"))

    op.create_table('programme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('country', sa.String(), nullable=True),
    sa.Column('export_as_file', sa.Boolean(), nullable=False),
    sa.Column('alerts_in_chat', sa.Boolean(), nullable=False),
    sa.Column('retention_days', sa.Integer(), nullable=False),
    sa.Column('open_backup_minutes', sa.Integer(), nullable=False),
    sa.Column('open_lead_minutes', sa.Integer(), nullable=False),
    sa.Column('closed_backup_minutes', sa.Integer(), nullable=False),
    sa.Column('closed_lead_minutes', sa.Integer(), nullable=False),
    sa.Column('created_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme'))
    )
    op.create_table('staff',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('sealed_name', sa.LargeBinary(), nullable=False),
    sa.Column('sealed_email', sa.LargeBinary(), nullable=True),
    sa.Column('on_call_place', sa.Integer(), nullable=True),
    sa.Column('pin_hash', sa.LargeBinary(), nullable=True),
    sa.Column('pin_failures', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff'))
    )
    op.create_table('alert',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=True),
    sa.Column('tier', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('sealed_detail', sa.LargeBinary(), nullable=False),
    sa.Column('not_meant', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('told', sa.String(), nullable=False),
    sa.Column('opened_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.Column('latest_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.Column('taken_by', sa.Uuid(), nullable=True),
    sa.Column('taken_at', bot.store.columns.Utc(timezone=True), nullable=True),
    sa.Column('closed_by', sa.Uuid(), nullable=True),
    sa.Column('closed_at', bot.store.columns.Utc(timezone=True), nullable=True),
    sa.Column('sealed_note', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_alert_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert'))
    )
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.create_index('ix_alert_open', ['opened_at'], unique=False, sqlite_where=sa.text("state <> 'closed'"), postgresql_where=sa.text("state <> 'closed'"))
        batch_op.create_index(batch_op.f('ix_alert_participant_id'), ['participant_id'], unique=False)

    op.create_table('consent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('scope', sa.String(), nullable=False),
    sa.Column('granted', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text_sha', sa.String(), nullable=False),
    sa.Column('at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_consent_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index('ix_consent_newest', ['participant_id', 'scope', 'id'], unique=False)

    op.create_table('group_session',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('starts', sa.String(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_group_session_group_id_care_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_session'))
    )
    with op.batch_alter_table('group_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_session_group_id'), ['group_id'], unique=False)

    op.create_table('group_staff',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_group_staff_group_id_care_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_group_staff_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'staff_id', name=op.f('pk_group_staff'))
    )
    op.create_table('invite',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code_hash', sa.LargeBinary(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=True),
    sa.Column('staff_id', sa.Uuid(), nullable=True),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('made_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.Column('expires_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.Column('used_at', bot.store.columns.Utc(timezone=True), nullable=True),
    sa.Column('used_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_invite_group_id_care_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_invite_staff_id_staff'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invite')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_invite_code_hash'))
    )
    op.create_table('member',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_alias', sa.LargeBinary(), nullable=True),
    sa.Column('sealed_code', sa.LargeBinary(), nullable=True),
    sa.Column('code_failures', sa.Integer(), nullable=False),
    sa.Column('sealed_contact', sa.LargeBinary(), nullable=True),
    sa.Column('checkins', sa.String(), nullable=False),
    sa.Column('quiet_from', sa.String(), nullable=True),
    sa.Column('quiet_to', sa.String(), nullable=True),
    sa.Column('joined_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.Column('confirmed_at', bot.store.columns.Utc(timezone=True), nullable=True),
    sa.Column('confirmed_by', sa.Uuid(), nullable=True),
    sa.Column('discharged_at', bot.store.columns.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_member_group_id_care_group')),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_member_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', name=op.f('pk_member'))
    )
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.create_index('ix_member_group', ['group_id', 'participant_id'], unique=False)

    op.create_table('office_hours',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('opens', sa.String(), nullable=False),
    sa.Column('closes', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['care_group.id'], name=op.f('fk_office_hours_group_id_care_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office_hours'))
    )
    with op.batch_alter_table('office_hours', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_office_hours_group_id'), ['group_id'], unique=False)

    op.create_table('page_link',
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('expires_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.Column('used_at', bot.store.columns.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_page_link_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_page_link'))
    )
    with op.batch_alter_table('page_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_page_link_participant_id'), ['participant_id'], unique=False)

    op.create_table('stranger',
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('answered_at', bot.store.columns.Utc(timezone=True), nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('failing_since', bot.store.columns.Utc(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_stranger_participant_id_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', name=op.f('pk_stranger'))
    )
    op.create_table('alert_notice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('alert_id', sa.Uuid(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('queued_at', bot.store.columns.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_alert_notice_alert_id_alert'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_notice')),
    sa.UniqueConstraint('key', name=op.f('uq_alert_notice_key'))
    )
    with op.batch_alter_table('alert_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_notice_alert_id'), ['alert_id'], unique=False)

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('guard', sa.String(), nullable=True))

    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('standing', sa.String(), nullable=False, server_default='stranger'))
        batch_op.add_column(sa.Column('onboarding', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('paused_until', bot.store.columns.Utc(timezone=True), nullable=True))

    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP TRIGGER audit_append_only ON audit')
        op.execute('DROP FUNCTION audit_is_append_only')
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.drop_column('paused_until')
        batch_op.drop_column('onboarding')
        batch_op.drop_column('standing')

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('guard')

    with op.batch_alter_table('alert_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_notice_alert_id'))

    op.drop_table('alert_notice')
    op.drop_table('stranger')
    with op.batch_alter_table('page_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_page_link_participant_id'))

    op.drop_table('page_link')
    with op.batch_alter_table('office_hours', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_office_hours_group_id'))

    op.drop_table('office_hours')
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_index('ix_member_group')

    op.drop_table('member')
    op.drop_table('invite')
    op.drop_table('group_staff')
    with op.batch_alter_table('group_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_group_session_group_id'))

    op.drop_table('group_session')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index('ix_consent_newest')

    op.drop_table('consent')
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_participant_id'))
        batch_op.drop_index('ix_alert_open', sqlite_where=sa.text("state <> 'closed'"), postgresql_where=sa.text("state <> 'closed'"))

    op.drop_table('alert')
    op.drop_table('staff')
    op.drop_table('programme')
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_index('ix_mail_live', sqlite_where=sa.text("status IN ('pending', 'sending')"), postgresql_where=sa.text("status IN ('pending', 'sending')"))

    op.drop_table('mail')
    op.drop_table('care_group')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_subject'))

    op.drop_table('audit')
