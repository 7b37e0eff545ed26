"""Carried entries: who brought them on their phone, and what their carrier was told."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "relayed",
        sa.Column("digest", sa.String(length=43), nullable=False),
        sa.Column("author", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("carrier", sa.String(length=36), nullable=False),
        sa.Column("carrier_device", sa.String(length=64), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_relayed")),
    )
    with op.batch_alter_table("op_result") as batch_op:
        batch_op.add_column(sa.Column("carried_by", sa.String(length=36), nullable=True))

    with op.batch_alter_table("task_attestation") as batch_op:
        batch_op.add_column(sa.Column("carried_by", sa.String(length=36), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("task_attestation") as batch_op:
        batch_op.drop_column("carried_by")

    with op.batch_alter_table("op_result") as batch_op:
        batch_op.drop_column("carried_by")

    op.drop_table("relayed")
