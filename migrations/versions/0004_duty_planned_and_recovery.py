"""duty, triage, planned downtime and recovery"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the defaults fill what is there already; the tables are not copied, as others point to them
    op.create_table(
        "handover",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=60), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("incident", sa.String(length=36), nullable=True),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("to", sa.String(length=36), nullable=True),
        sa.Column("to_name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("tasks", sa.Integer(), nullable=False),
        sa.Column("safety", sa.Integer(), nullable=False),
        sa.Column("passed", sa.JSON(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("answered_by_name", sa.String(length=120), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index("ix_handover_state", ["state"], unique=False)

    op.create_table(
        "handover_answer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("handover", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("st", sa.String(length=12), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_answer")),
    )
    with op.batch_alter_table("handover_answer", schema=None) as batch_op:
        batch_op.create_index("ix_handover_answer_handover", ["handover"], unique=False)

    op.create_table(
        "backlog",
        sa.Column("incident", sa.String(length=36), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("first", sa.JSON(), nullable=False),
        sa.Column("sampled", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name=op.f("fk_backlog_incident_incident")),
        sa.PrimaryKeyConstraint("incident", "unit", name=op.f("pk_backlog")),
    )
    op.create_table(
        "required_role",
        sa.Column("site", sa.String(length=60), nullable=False),
        sa.Column("unit_type", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["role"], ["role.code"], name=op.f("fk_required_role_role_role")),
        sa.ForeignKeyConstraint(["site"], ["site.id"], name=op.f("fk_required_role_site_site")),
        sa.PrimaryKeyConstraint("site", "unit_type", "role", name=op.f("pk_required_role")),
    )
    op.create_table(
        "unit_check",
        sa.Column("incident", sa.String(length=36), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name=op.f("fk_unit_check_incident_incident")),
        sa.PrimaryKeyConstraint("incident", "unit", "check", name=op.f("pk_unit_check")),
    )
    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("what", sa.String(length=12), nullable=False, server_default="help"))
        batch_op.add_column(sa.Column("safety", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("answer_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("handed", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.add_column(sa.Column("planned", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("planned_end", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("overrun_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("go", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("all_clear", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("notices", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_column("notices")
        batch_op.drop_column("all_clear")
        batch_op.drop_column("go")
        batch_op.drop_column("sequence")
        batch_op.drop_column("overrun_at")
        batch_op.drop_column("planned_end")
        batch_op.drop_column("planned")

    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.drop_column("handed")
        batch_op.drop_column("answer_by")
        batch_op.drop_column("safety")
        batch_op.drop_column("what")

    op.drop_table("unit_check")
    op.drop_table("required_role")
    op.drop_table("backlog")
    with op.batch_alter_table("handover_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_handover_answer_handover")

    op.drop_table("handover_answer")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index("ix_handover_state")

    op.drop_table("handover")
