"""The command line: parses, calls, prints.

Exit status 0 = done, 1 = a check failed, 2 = bad use or bad input, told in one line on stderr.
Heavy libraries are imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo_app.errors import AtlasError, BadRequest
from geo_app.issuers import Issuer
from geo_app.states import NATION_CODE

if TYPE_CHECKING:
    from geo_app.atlas import Atlas
    from geo_app.export import Scalar

app = typer.Typer(
    name="geo_app",
    help="The Mexico security atlas: official figures of the 32 states, on the command line.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
build = typer.Typer(help="Make the derived files again.")
app.add_typer(build, name="build")
export_ = typer.Typer(help="Write files that stand alone.")
app.add_typer(export_, name="export")


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    GEOJSON = "geojson"


class Language(StrEnum):
    """Language of names and sentences."""

    EN = "en"
    ES = "es"


class FileFormat(StrEnum):
    """What kind of file a map becomes."""

    HTML = "html"
    PNG = "png"
    SVG = "svg"


FormatOption = Annotated[Format, typer.Option("--format", help="How the answer is printed.")]
StateOption = Annotated[
    str | None, typer.Option("--state", help="Code, ISO code or a known name; 00 the nation.")
]


@app.command()
def indicators(fmt: FormatOption = Format.TABLE) -> None:
    """List the catalogue: periods, number of areas with a value, sources.

    Example: python -m geo_app indicators --format json
    """
    from geo_app import listing

    _print(listing.catalogue_records(), fmt)


@app.command()
def values(
    slug: Annotated[str, typer.Argument(help="Name of the indicator.")],
    level: Annotated[
        str | None,
        typer.Option(help="nation, state, municipality or city; the indicator's own by default."),
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="2022, 2022Q2, 2022-03 or 2022-08-17; all by default.")
    ] = None,
    state: StateOption = None,
    known_on: Annotated[
        str | None, typer.Option(help="Answer as it stood on this day, 2024-01-31.")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Print the values of an indicator with interval, status, source and dates.

    Example: python -m geo_app values homicides_inegi_per_100k --period 2022 --state Colima

    Example: python -m geo_app values homicides_inegi_per_100k --level municipality --state Colima
    """
    from geo_app import atlas, export

    here = atlas.load(known_on)
    code = _area(state)
    if fmt is Format.GEOJSON:
        typer.echo(_geojson(here, slug, level, period, code))
        return
    rows = here.values(slug, level=level, period=period, area=code)
    _print(export.to_records(export.answer(rows, slug)), fmt)


@app.command()
def advisory(
    on: Annotated[
        str | None, typer.Option(help="Day, 2026-07-01; by default the day of the last reading.")
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", help="Code, ISO code or a known name.")
    ] = None,
    issuer: Annotated[Issuer, typer.Option(help="The government that advises.")] = Issuer.US,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Print what a government advised on a day, since when, and what is not known.

    A level is a step on the issuer's own ladder: equal numbers of two issuers do not mean the same.

    Example: python -m geo_app advisory --on 2026-07-01 --state sinaloa --format json

    Example: python -m geo_app advisory --issuer ca --state Sinaloa --format json
    """
    code = _area(state)
    if code == NATION_CODE:
        message = "advice is answered state by state"
        fix = "read country_level in the answer of any state"
        raise BadRequest(message, expected="a state", got="--state 00", fix=fix)
    found = _advice(issuer, on)
    _print([item for item in found if code in (None, item["area_code"])], fmt)


@app.command("import")
def import_(
    source: Annotated[str, typer.Argument(help="Name of the source, such as inegi-homicides.")],
    files: Annotated[list[Path], typer.Argument(help="Official files as downloaded.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check only.")] = False,
    out: Annotated[Path | None, typer.Option(help="A data/ folder other than ours.")] = None,
    checked: Annotated[str | None, typer.Option(help="Day of reading; today by default.")] = None,
    published: Annotated[str, typer.Option(help="Day of publication, where you know it.")] = "",
) -> None:
    """Read official files and write the tidy table: all or nothing.

    Example: python -m geo_app import inegi-homicides export.csv --dry-run
    """
    from geo_app.importers.reading import Reading
    from geo_app.importers.writing import import_files
    from geo_app.periods import parse_date

    day = parse_date(checked) if checked else datetime.now(UTC).date()
    stated = parse_date(published).isoformat() if published else ""
    with _working(f"reading {len(files)} file(s) of {source}") as progress:
        reading = Reading(day.isoformat(), stated, progress)
        reports = import_files(source, files, reading, out=out, is_dry=dry_run)
    for report in reports:
        typer.echo(report.line())


@app.command()
def check() -> None:
    """Prove shapes, tables, provenance, hashes, sums and golden figures; a line for each fault."""
    from geo_app import checks

    with _working("checking data/ and shapes/"):
        found = list(checks.faults())
    for line in found:
        typer.echo(line)
    typer.echo(f"{len(found)} fault(s)" if found else "all is right")
    if found:
        raise typer.Exit(1)


@build.command("shapes")
def build_shapes(
    out: Annotated[Path | None, typer.Option(help="Folder to write; shapes/ by default.")] = None,
    world_atlas: Annotated[
        Path | None, typer.Option(help="countries-10m.json; downloaded where it is not given.")
    ] = None,
) -> None:
    """Make shapes/ again from the packages that hold INEGI's and Natural Earth's geometry."""
    from geo_app import paths
    from geo_app.importers import build_shapes as builder

    report = builder.build_shapes(
        out if out is not None else paths.shapes_dir(), world_atlas=world_atlas, report=typer.echo
    )
    typer.echo(report)


@export_.command("map")
def export_map(
    slug: Annotated[str, typer.Argument(help="Name of the indicator.")],
    out: Annotated[Path, typer.Option(help="File to write: .html, .png or .svg.")],
    level: Annotated[
        str | None, typer.Option(help="state, municipality or city; its own by default.")
    ] = None,
    fmt: Annotated[
        FileFormat | None, typer.Option("--format", help="By the ending of the file by default.")
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="Period shown (first); the newest by default.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language shown (first).")] = Language.EN,
    width: Annotated[int, typer.Option(help="Width of a picture in pixels.")] = 1200,
) -> None:
    """Write a map that stands alone: a page with all periods, or a picture of one.

    The page opens from a disk with the network off; what is printed embeds it in another page.

    Example: python -m geo_app export map homicides_inegi_per_100k --level state --out map.html

    Example: python -m geo_app export map homicides_inegi_per_100k --out map.png --period 2022
    """
    from geo_app import atlas, map_files

    request = map_files.MapRequest(slug, level or "", period or "", str(lang), width)
    kind = map_files.format_of(out, str(fmt) if fmt else "")
    with _working(f"drawing {slug}"):
        content = map_files.map_file(atlas.load(), request, kind)
    out.write_bytes(content)
    if kind == "html":
        typer.echo(map_files.embed_snippet(request, out.name))


@build.command("maps")
def build_maps(
    out: Annotated[
        Path | None, typer.Option(help="Folder to write; data/maps/ by default.")
    ] = None,
) -> None:
    """Make the packed maps of data/maps/ again: every indicator, every kind of area.

    Example: python -m geo_app build maps
    """
    from geo_app.maps import artefacts

    with _working("packing the maps"):
        lines = artefacts.build_maps(out)
    for line in lines:
        typer.echo(line)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    try:
        status = app(args=arguments, standalone_mode=False, prog_name="python -m geo_app")
    except AtlasError as error:
        return _fail(str(error))
    except typer.Abort:
        return _fail("stopped")
    except BrokenPipeError:
        # The reader of the output has seen enough; what is still buffered has nowhere to go.
        sys.stderr.close()
        return 0
    except OSError as error:
        return _fail(f"{error.filename or 'a file'}: {error.strerror or error}; check the path")
    except Exception as error:
        # Bad use of an option is Typer's own error type, which is not part of its public names;
        # anything without a message for the user is a fault of ours and keeps its traceback.
        if not hasattr(error, "format_message"):
            raise
        return _fail(f"{error.format_message().rstrip('.')}. See python -m geo_app --help")
    return int(status or 0)


@contextmanager
def _working(text: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal that something longer is under way; say nothing anywhere else.

    What is yielded takes how much is done and of how much, and makes the bar a measured one.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    words = TextColumn("{task.description}")
    columns = (SpinnerColumn(), words, BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    is_quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=is_quiet) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _fail(message: str) -> int:
    typer.echo(" ".join(message.split()), err=True)
    return 2


def _area(name: str | None) -> str | None:
    from geo_app.states import code_of

    return name if name in (None, NATION_CODE) else code_of(str(name))


def _advice(issuer: Issuer, on: str | None) -> list[dict[str, Scalar]]:
    from geo_app import advisories, export, foreign
    from geo_app.periods import parse_date

    day = parse_date(on) if on else None
    if issuer is Issuer.US:
        history = advisories.history()
        return export.advice_records(history.on(day or history.checked))
    abroad = foreign.history(issuer)
    return export.foreign_records(abroad.on(day or abroad.checked))


def _geojson(
    here: Atlas, slug: str, level: str | None, period: str | None, code: str | None
) -> str:
    from geo_app import export
    from geo_app.indicators import indicator

    levels = indicator(slug).levels
    if level not in (None, *levels):
        message = f"the GeoJSON of {slug} holds its own kinds of area"
        raise BadRequest(message, expected=f"--level {' or '.join(levels)}", got=level)
    if period is None or (code is not None and level != "municipality"):
        message = "GeoJSON holds all areas of one period"
        fix = "only municipalities are told state by state"
        raise BadRequest(message, expected="--period and no --state", fix=fix)
    layer = here.layer(slug, period, level)
    mine = layer if code is None else layer.within(code)
    if mine.areas.empty:
        message = f"{slug} has nothing for {level} {code} {period}"
        raise BadRequest(message, fix="ask for a state by its code, 01 to 32, or for none")
    return export.to_geojson(mine)


def _print(records: Sequence[Mapping[str, Scalar]], fmt: Format) -> None:
    from geo_app import listing

    if fmt is Format.GEOJSON:
        message = "these rows have no shapes"
        raise BadRequest(message, expected="table, csv or json", got="geojson")
    typer.echo(listing.render(records, str(fmt)))


if __name__ == "__main__":
    sys.exit(main())
