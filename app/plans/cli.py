"""`wardlight plans`: check the files before anybody needs them."""

from pathlib import Path

import click

from app.plans.format import PHASES, Plan
from app.plans.library import LIBRARY, check, coverage
from app.plans.schema import schema_text


@click.group(name="plans", help="Check plan files and print their schema.")
def plans() -> None:
    """The group that app/cli.py adds."""


@plans.command(name="check", help="Check a library, a folder of plans or one plan file.")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=LIBRARY)
def check_command(path: Path) -> None:
    """Print coverage and findings; end with 1 when there is a finding."""
    checked = check(path)
    for plan in checked.plans:
        click.echo(coverage_table(plan))
    for finding in checked.findings:
        click.echo(str(finding), err=True)
    click.echo(f"{len(checked.plans)} plans, {len(checked.findings)} findings.")
    if checked.findings:
        raise SystemExit(1)


@plans.command(name="schema", help="Print the JSON Schema of a plan file.")
def schema_command() -> None:
    """What library/schema/plan.schema.json must hold."""
    click.echo(schema_text(), nl=False)


def coverage_table(plan: Plan) -> str:
    """Roles down, phases across, number of steps in each cell."""
    rows = coverage(plan)
    width = max(len(role) for role, _ in rows) + 2
    lines = [f"{plan.id}: {plan.title}", " " * width + "".join(f"{p:>11}" for p in PHASES)]
    for role, counts in rows:
        lines.append(f"{role:<{width}}" + "".join(f"{count or '-':>11}" for count in counts))
    return "\n".join([*lines, ""])
