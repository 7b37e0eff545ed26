"""who may what: a stamp that every change of it renews

The stamps are renewed by the database itself, so that no way of changing these tables can forget them: this product's
commands, a statement typed by hand, another process. A table that a later migration makes anew loses its triggers and
has to get them again (tests/people/test_rights.py finds one that has none).
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

EPOCH = "server_meta"  # of its values only this one: after a restore nothing that was known before counts

# table, the column that names whose rights it tells of ("": the house's), and the columns that matter. What can only
# add something that nobody can have asked for yet (a fresh account, sign-in or token) needs no stamp.
WATCHED = (
    ("user", "id", ("id", "name", "username", "active", "ended_at"), ("UPDATE", "DELETE")),
    ("sign_in", "user", ("id", "user", "device", "expires_at", "ended_at"), ("UPDATE", "DELETE")),
    ("push_token", "user", ("token_hash", "user", "device", "expires_at", "revoked_at"), ("UPDATE", "DELETE")),
    ("membership", "user", ("user", "unit", "role", "since", "until"), ("INSERT", "UPDATE", "DELETE")),
    ("duty", "user", ("user", "unit", "role", "since", "until"), ("INSERT", "UPDATE", "DELETE")),
    ("unit", "", ("id", "site", "order"), ("UPDATE", "DELETE")),
    ("role", "", ("code", "order"), ("UPDATE", "DELETE")),
    ("incident", "", ("id", "site", "state", "ts"), ("INSERT", "UPDATE", "DELETE")),
    (EPOCH, "", ("key", "value"), ("INSERT", "UPDATE", "DELETE")),
)
SIDES = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}

POSTGRES_FUNCTION = """
CREATE FUNCTION rights_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO rights (whose, stamp)
            VALUES (coalesce(to_jsonb(OLD) ->> TG_ARGV[0], 'house'), gen_random_uuid()::text)
            ON CONFLICT (whose) DO UPDATE SET stamp = excluded.stamp;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO rights (whose, stamp)
            VALUES (coalesce(to_jsonb(NEW) ->> TG_ARGV[0], 'house'), gen_random_uuid()::text)
            ON CONFLICT (whose) DO UPDATE SET stamp = excluded.stamp;
    END IF;
    RETURN NULL;
END
$$
"""


def upgrade() -> None:
    op.create_table(
        "rights",
        sa.Column("whose", sa.String(length=36), nullable=False),
        sa.Column("stamp", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("whose", name=op.f("pk_rights")),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(POSTGRES_FUNCTION)
    for table, whose, columns, events in WATCHED:
        for event in events:
            when = f"UPDATE OF {', '.join(map(_quoted, columns))}" if event == "UPDATE" else event
            what = _sqlite_body(whose, SIDES[event]) if is_sqlite else f"EXECUTE FUNCTION rights_moved('{whose}')"
            only = f" WHEN ({SIDES[event][0]}.key = 'epoch')" if table == EPOCH else ""
            op.execute(f'CREATE TRIGGER {_name(table, event)} AFTER {when} ON "{table}" FOR EACH ROW{only} {what}')


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, _whose, _columns, events in WATCHED:
        for event in events:
            op.execute(f"DROP TRIGGER {_name(table, event)}" + ("" if is_sqlite else f' ON "{table}"'))
    if not is_sqlite:
        op.execute("DROP FUNCTION rights_moved()")
    op.drop_table("rights")


def _name(table: str, event: str) -> str:
    return f"rights_{table}_{event.lower()}"


def _sqlite_body(whose: str, sides: tuple[str, ...]) -> str:
    # not one INSERT OR REPLACE: the conflict clause of the statement outside would take the place of the trigger's own
    names = [f"{side}.{_quoted(whose)}" if whose else "'house'" for side in sides]
    fresh = " UNION ".join(f"SELECT {name} AS whose" for name in names)
    return (
        f"BEGIN DELETE FROM rights WHERE whose IN ({', '.join(names)}); "  # noqa: S608 - names of ours only
        f"INSERT INTO rights (whose, stamp) SELECT whose, lower(hex(randomblob(16))) FROM ({fresh}); END"
    )


def _quoted(name: str) -> str:
    return f'"{name}"'
