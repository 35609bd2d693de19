"""The commands that help to write: `fmt`, `init`, `schema` and `words`."""

from __future__ import annotations

from pathlib import Path

import click

from sitegen.cli.outcome import OK, PROBLEMS, check_root, root_option
from sitegen.errors import UsageError
from sitegen.formats import show


@click.command()
@root_option
@click.option("--check", is_flag=True, help="Change nothing; the exit code is 1 where something would change.")
@click.option("--diff", is_flag=True, help="Show what would change, without changing it.")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1)
def fmt(*, root: Path, check: bool, diff: bool, paths: tuple[Path, ...]) -> int:
    """Rewrite the front matter of PATHS, or of all content, as YAML with sitegen's own keys; bodies stay as they are."""
    from sitegen import fmt as formatting

    done = formatting.format_files(root.resolve(), paths, write=not (check or diff))
    show(done.problems, root=root, end="what cannot be read is left as it is")
    for path, changes in done.changed:
        click.echo(changes if diff else f"{'would rewrite' if check else 'rewrote'} {path}")
    click.echo(f"{len(done.changed)} of {done.looked_at} files {'would be' if check or diff else 'were'} rewritten")
    return PROBLEMS if done.problems or (check and done.changed) else OK


@click.command()
@root_option
@click.option("--write", is_flag=True, help="Write both into .schema/ of the site, where `sitegen init` put them.")
@click.argument("name", type=click.Choice(["front-matter", "settings"]), required=False)
def schema(*, root: Path, write: bool, name: str | None) -> None:
    """Print the JSON Schema of front matter or of site.yaml, for editors that complete and check keys."""
    from sitegen import schema as schemas

    if not write and name is None:
        raise click.UsageError("name a schema, `front-matter` or `settings`, or --write both")
    if name is not None:
        click.echo(schemas.schema(name), nl=False)
    if write:
        check_root(root)
        for file in schemas.write(root):
            click.echo(f"wrote {file}", err=name is not None)


@click.command()
@root_option
@click.argument("lang", metavar="LANGUAGE")
def words(*, root: Path, lang: str) -> None:
    """Write locale/LANGUAGE.po with the theme's texts and those of the site's templates and menus, to be translated; or add what is new."""
    from sitegen import config
    from sitegen.words import writing

    check_root(root)
    fault = config.language_fault(lang)
    if fault is not None:
        raise UsageError(f"the language {fault.message}", hint=fault.hint)
    settings = config.load(root.resolve())
    said = () if lang == settings.language else settings.titles
    path, count, missing = writing.start(root.resolve(), lang, said)
    click.echo(f"wrote {path}: {count} texts, {missing} of them without a translation there")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Start a new site in FOLDER."""
    from sitegen import scaffold

    for name in scaffold.init(folder):
        click.echo(f"wrote {folder / name}")
    click.echo(f"\nNow: cd {folder} && sitegen build")
