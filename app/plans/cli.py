"""`wardlight plans`: check the files before anybody needs them."""

from pathlib import Path

import click

from app.plans.coverage import table
from app.plans.library import LIBRARY, check
from app.plans.schema import SCHEMAS, schema_text


@click.group(name="plans", help="Check plan files and print their schema.")
def plans() -> None:
    """The group that app/cli.py adds."""


@plans.command(
    name="check", help="Check a library, a folder of files, one plan, one translation or one file of workarounds."
)
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=LIBRARY)
def check_command(path: Path) -> None:
    """Print coverage and findings; end with 1 when there is a finding."""
    checked = check(path)
    for plan in checked.plans:
        click.echo(table(plan, checked.wanted.get(plan.id, {})))
    for finding in checked.findings:
        click.echo(str(finding), err=True)
    files = f"{len(checked.workarounds)} files of workarounds, " if checked.workarounds else ""
    click.echo(f"{len(checked.plans)} plans, {files}{len(checked.findings)} findings.")
    if checked.findings:
        raise SystemExit(1)


@plans.command(name="schema", help="Print the JSON Schema of a plan file, or of a file of workarounds.")
@click.argument("what", type=click.Choice(tuple(SCHEMAS)), default="plan")
def schema_command(what: str) -> None:
    """What library/schema/<what>.schema.json must hold."""
    click.echo(schema_text(what), nl=False)
