"""The commands of `wardlight`, each a short line to the function that does the work."""

from __future__ import annotations

from pathlib import Path

import click

from app.base.settings import Settings, from_environment
from app.packet_cli import packet
from app.plans.cli import plans


@click.group()
def cli() -> None:
    """Wardlight: the light that stays on when a hospital's IT goes dark."""


cli.add_command(plans)
cli.add_command(packet)


@plans.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(("yaml", "xlsx", "csv")), help="what they are (default: by name)")
def import_command(paths: tuple[Path, ...], form: str | None) -> None:
    """Put plan files or spreadsheets in force at this hospital (repeating it changes nothing)."""
    from app import hospital
    from app.plans.errors import PlanErrors

    try:
        done = hospital.import_plans(from_environment(), paths, form)
    except (PlanErrors, ValueError) as error:
        raise click.ClickException(str(error)) from error
    for plan in done:
        click.echo(f"{plan.id}: {'in force now' if plan.changed else 'was in force already'} ({plan.version})")


@plans.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format", "form", default="yaml", show_default=True, type=click.Choice(("yaml", "xlsx", "csv", "fhir", "fhir-r5"))
)
def export_command(folder: Path, form: str) -> None:
    """Write every plan in force: yaml is the very file it was imported from, fhir a PlanDefinition."""
    from app import hospital
    from app.plans.errors import PlanErrors

    try:
        for path in hospital.export_plans(from_environment(), folder, form):
            click.echo(str(path))
    except PlanErrors as errors:
        raise click.ClickException(str(errors)) from errors


@cli.command()
@click.argument("name")
def vocabulary(name: str) -> None:
    """Let roles and plans speak the words of a country: NAME is generic, us, uk-ie or au-nz (repeatable)."""
    from app import hospital

    try:
        changed = hospital.use_vocabulary(from_environment(), name)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The words of {name} are in use{'' if changed else ' already'}.")


@cli.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--data", default=Path("instance/demo"), show_default=True, type=click.Path(path_type=Path, file_okay=False)
)
@click.option("--seed", default=42, show_default=True, type=int, help="the same seed gives the same hospital")
@click.option("--reset", is_flag=True, help="start over with a fresh demo hospital")
def demo(port: int, data: Path, seed: int, reset: bool) -> None:
    """Serve the demo hospital on this machine only."""
    from app import demo as hospital
    from app.serve import serve

    settings = from_environment(demo=True, host="127.0.0.1", port=port, data_dir=data.resolve())
    try:
        app = hospital.prepare(settings, seed=seed, reset=reset)
    except hospital.RefusedError as error:
        raise click.ClickException(str(error)) from error
    serve(app, settings, lines=hospital.welcome(app, settings))


@cli.command()
@click.option("--host", default=None, help="the address to listen on (WARDLIGHT_HOST)")
@click.option("--port", default=None, type=click.IntRange(1, 65535), help="the port (WARDLIGHT_PORT)")
def serve(host: str | None, port: int | None) -> None:
    """Serve this hospital."""
    from app.factory import create_app
    from app.schema import upgrade_schema
    from app.serve import serve as serve_app

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = from_environment(**given)
    app = create_app(settings, async_mode="gevent")
    upgrade_schema(app)
    serve_app(app, settings, lines=[f"Wardlight on http://{settings.host}:{settings.port}"])


@cli.command()
@click.option("--follow", type=int, default=None, hidden=True, help="end with this process")
def worker(follow: int | None) -> None:
    """Send what is queued for push, e-mail, SMS and webhooks (serving starts one by itself)."""
    from app.delivery_process import work
    from app.factory import create_app

    settings = from_environment()
    work(create_app(settings, with_hints=False), settings, follow=follow)


@cli.command()
@click.option("--site", required=True, help="short name such as northgate")
@click.option("--name", required=True, help="the hospital's name")
@click.option("--tz", default="UTC", show_default=True, help="time zone such as Europe/London")
@click.option("--library", default=None, type=click.Path(path_type=Path, exists=True), help="a folder of plan files")
def init(site: str, name: str, tz: str, library: Path | None) -> None:
    """Make the database of a new hospital (safe to repeat)."""
    from app import hospital

    settings = from_environment()
    try:
        hospital.found(settings, site=site, name=name, tz=tz, library=library)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name} is ready in {_place(settings)}. Next: wardlight create-admin")


@cli.command("create-admin")
@click.option("--username", required=True)
@click.option("--name", required=True)
@click.option("--unit", default="command-centre", show_default=True)
@click.password_option()
def create_admin(username: str, name: str, unit: str, password: str) -> None:
    """Add a person who may declare, broadcast and manage."""
    from app import hospital
    from app.base.errors import AppError

    try:
        hospital.add_administrator(from_environment(), username=username, name=name, unit=unit, password=password)
    except AppError as error:
        raise click.ClickException(error.sentence) from error
    click.echo(f"{username} can sign in.")


@cli.command()
@click.option(
    "--to", default=None, type=click.Path(path_type=Path, file_okay=False), help="folder (default: backups in the data)"
)
def backup(to: Path | None) -> None:
    """Back up database and keys into one verified file, also while the server runs."""
    from app.backup import BackupError, back_up

    try:
        made = back_up(from_environment(), to=to)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo("\n".join(made.lines()))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--data", default=None, type=click.Path(path_type=Path, file_okay=False), help="the data folder")
@click.option("--force", is_flag=True, help="also where data is; that is kept beside under a dated name")
def restore(file: Path, data: Path | None, force: bool) -> None:
    """Put a hospital back from a backup; phones then hand in again what they recorded since."""
    from app.restore import RestoreError, restore as restore_from

    settings = from_environment(**({} if data is None else {"data_dir": data.resolve()}))
    try:
        done = restore_from(file, settings, force=force)
    except RestoreError as error:
        raise click.ClickException(str(error)) from error
    click.echo("\n".join(done.lines()))


@cli.group()
def export() -> None:
    """Write what this server knows into files."""


@export.command("status")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_status(folder: Path) -> None:
    """Write the public status as pages, JSON and a feed that need no server, also while one runs."""
    from app.command_app import command_app
    from app.pages.public.commands import export_status as write_status

    with command_app(from_environment()):
        try:
            written = write_status(folder)
        except OSError as error:
            raise click.ClickException(f"{error.filename or folder}: {error.strerror}") from error
    click.echo(f"{len(written)} files in {folder}; open {written[0].name}")


@cli.command("new-epoch")
def new_epoch() -> None:
    """After putting the server back by other means: let phones hand in again what they recorded since."""
    from app.restore import RestoreError, begin_epoch

    try:
        epoch = begin_epoch(from_environment())
    except RestoreError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"This is a new epoch ({epoch}). Phones will notice at their next contact.")


@cli.command()
def doctor() -> None:
    """Check this installation and say what is wrong in words."""
    from app.doctor import examine

    findings = examine(from_environment())
    for finding in findings:
        click.echo(f"{'ok  ' if finding.ok else 'BAD '} {finding.what}: {finding.sentence}")
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)


@cli.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="one line of JSON for each bench")
@click.option("--clients", type=click.IntRange(1, 18_000), help="connected websockets (fanout, herd)")
@click.option("--devices", type=click.IntRange(1, 5_000), help="phones that push (storm, chaos, cluster)")
@click.option("--ops", type=click.IntRange(1, 50), help="ops of each phone (storm, cluster)")
@click.option("--rounds", type=click.IntRange(1, 20), help="how often each contender has its turn")
@click.option("--rows", type=click.IntRange(1_000, 2_000_000), help="the largest scope (pull)")
@click.option("--seconds", type=click.IntRange(5, 36_000), help="how long the storm lasts (chaos)")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="write the results into this page too")
def bench(name: str, as_json: bool, report: Path | None, **bounds: int | None) -> None:
    """Measure what the design promises: NAME is one bench, or all."""
    from app.bench import runner

    given = {key: value for key, value in bounds.items() if value is not None}
    try:
        for line in runner.run(name, given, as_json=as_json, report=report):
            click.echo(line)
    except runner.UnknownBench as error:
        raise click.ClickException(str(error)) from error


def _place(settings: Settings) -> str:
    return settings.database_url.rsplit("@", 1)[-1] or str(settings.data_dir)
