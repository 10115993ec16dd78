"""staff read times on the programme's clock: those who joined earlier kept that of the server

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        sa.text(
            "UPDATE participant SET zone = (SELECT zone FROM programme) WHERE standing = 'staff'"
            ' AND EXISTS (SELECT 1 FROM programme)'
        )
    )


def downgrade() -> None:
    """Nobody knows which clock it was, and none was chosen."""
