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
    import pandas as pd

    from geo_app.atlas import Atlas
    from geo_app.export import Scalar
    from geo_app.importers.download_jobs import Watch
    from geo_app.importers.reading import Reading
    from geo_app.importers.writing import ImportReport

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
        typer.Option(
            help="nation, state, municipality, city, us_state or us_border; its own by default."
        ),
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

    Example: python -m geo_app values opioid_deaths_12m --level us_state --state CA
    """
    from geo_app import atlas, export

    here = atlas.load(known_on)
    code = _area_of(slug, level, state)
    if fmt is Format.GEOJSON:
        typer.echo(_geojson(here, slug, level, period, code))
        return
    rows = here.values(slug, level=level, period=period, area=code)
    _warn(here, slug, level, rows)
    _print(export.to_records(export.answer(rows, slug)), fmt)


@app.command()
def compare(
    slug: Annotated[str, typer.Argument(help="Name of the indicator.")],
    areas: Annotated[
        list[str],
        typer.Argument(
            help="Codes of states, cities (city:0101) and regions: border, pacific, bajio,"
            " sum:02.08.26, level-4@2022-08-17."
        ),
    ],
    start: Annotated[str, typer.Option(help="First period; the first of all by default.")] = "",
    end: Annotated[str, typer.Option(help="Last period; the newest by default.")] = "",
    base: Annotated[str, typer.Option(help="Period whose value is 100.")] = "",
    known_on: Annotated[
        str | None, typer.Option(help="Answer as it stood on this day, 2024-01-31.")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Print states, cities and regions beside the nation, with intervals and sources.

    A region is summed where counts stand over people, else it becomes its states.

    Example: python -m geo_app compare homicides_inegi_per_100k border 19 --start 2015
    """
    from geo_app import export
    from geo_app.compare import fetching

    rows = fetching.rows(slug, areas, start=start, end=end, base=base, known_on=known_on)
    _print(export.to_records(rows), fmt)


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
    """Read official files, say what was found, and write the tidy table: all or nothing.

    Maps that are made from it are packed again in the same step. Older releases stay.

    Example: python -m geo_app import inegi-homicides export.csv --dry-run
    """
    from geo_app.importers.reading import Reading
    from geo_app.importers.writing import import_files
    from geo_app.maps import artefacts
    from geo_app.periods import parse_date

    day = parse_date(checked) if checked else datetime.now(UTC).date()
    stated = parse_date(published).isoformat() if published else ""
    with _working(f"reading {len(files)} file(s) of {source}") as progress:
        reading = Reading(day.isoformat(), stated, progress)
        reports = import_files(
            source, files, reading, out=out, is_dry=dry_run, show=_show, derive=artefacts.renew
        )
    if not dry_run:
        typer.echo(f"{source}: written, with the maps made from it ({len(reports)} release(s))")


@app.command()
def revisions(
    slug: Annotated[str, typer.Argument(help="Name of the indicator.")],
    level: Annotated[str | None, typer.Option(help="Kind of area; its own by default.")] = None,
    known_on: Annotated[
        str | None, typer.Option(help="Only releases that stood on this day, 2024-01-31.")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Print by how much figures usually move from one release to the next, by their age.

    Example: python -m geo_app revisions homicide_victims_sesnsp_per_100k
    """
    from geo_app import atlas, export

    found = atlas.load(known_on).revisions(slug, level)
    if found.empty:
        message = f"no two releases of {slug} hold the same figure"
        raise BadRequest(message, fix="import an earlier or later release of its source")
    _print(export.to_records(found), fmt)


@app.command()
def update(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Names of sources; all by default.")
    ] = None,
    *,
    from_file: Annotated[
        Path | None, typer.Option(help="A file of one source, saved by hand.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Fetch and compare, write nothing.")
    ] = False,
) -> None:
    """Download the official files, import them, keep the old vintage, and say what changed.

    Example: python -m geo_app update sesnsp-victims

    Example: python -m geo_app update sesnsp-victims --from-file Victimas.zip --dry-run
    """
    from geo_app.importers import updating
    from geo_app.importers.reading import Reading

    if from_file is not None and len(sources or []) != 1:
        message = "a file belongs to one source"
        raise BadRequest(
            message, expected="one SOURCE with --from-file", got=str(len(sources or []))
        )
    reading = Reading(datetime.now(UTC).date().isoformat())
    status = 0
    for slug in sources or updating.sources():
        if not sources and updating.is_by_hand(slug):
            typer.echo(updating.hand_line(slug))
            continue
        for line in _tried(slug, reading, from_file, is_dry=dry_run):
            status = _fail(line)
    raise typer.Exit(status)


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


@export_.command("feed")
def export_feed(
    out: Annotated[Path, typer.Option(help="Folder to write into; made where it is not there.")],
    lang: Annotated[Language, typer.Option(help="Language of the entries.")] = Language.EN,
) -> None:
    """Write the changes of the US advisory: a table, a JSON Feed and an Atom feed.

    The same data give the same files, whenever they are made.

    Example: python -m geo_app export feed --out feed/ --lang es
    """
    from geo_app import feed

    contents = feed.files(str(lang))
    feed.write_files(out, contents)
    for name in contents:
        typer.echo(out / name)


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


@contextmanager
def _downloading(text: str) -> Iterator[Watch]:
    """Show on a terminal how far a download is; say nothing anywhere else."""
    from rich.console import Console
    from rich.progress import DownloadColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), DownloadColumn())
    console = Console(stderr=True)
    is_quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=is_quiet) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tried(slug: str, reading: Reading, from_file: Path | None, *, is_dry: bool) -> list[str]:
    """Update one source and return what failed: the others are tried all the same."""
    from geo_app.importers.updating import Run, update
    from geo_app.maps import artefacts

    lines: list[str] = []
    failures: list[str] = []

    def derive() -> None:
        artefacts.renew()
        lines.extend(_beyond({slug}))

    with _downloading(f"updating {slug}") as watch:
        try:
            run = Run(lines.append, is_dry, watch, derive)
            failures += update(slug, reading, run, from_file=from_file)
        except AtlasError as error:
            failures.append(f"{error}" if str(error).startswith(slug) else f"{slug}: {error}")
        except OSError as error:
            place = error.filename or "a file"
            failures.append(f"{slug}: {place}: {error.strerror or error}; check the path")
    for line in lines:
        typer.echo(line)
    return failures


def _fail(message: str) -> int:
    typer.echo(" ".join(message.split()), err=True)
    return 2


def _show(reports: Sequence[ImportReport]) -> None:
    """Print what an import found, and what of it goes beyond all that was."""
    for report in reports:
        typer.echo(report.line())
    for line in _beyond({report.source for report in reports}):
        typer.echo(line)


def _beyond(sources: set[str]) -> Iterator[str]:
    from geo_app import revisions as moves
    from geo_app import sheet
    from geo_app.indicators import catalogue
    from geo_app.text import words

    told: set[str] = set()
    for found in catalogue():
        if found.recipe.source in sources and found.recipe.measure not in told:
            told.add(found.recipe.measure)
            yield from sheet.jump_lines(found, moves.jumps(found), words("en"))


def _warn(here: Atlas, slug: str, level: str | None, rows: pd.DataFrame) -> None:
    """Warn on stderr of values under which a figure was moved as no release did before."""
    from geo_app import revisions as moves
    from geo_app import sheet
    from geo_app.indicators import indicator
    from geo_app.text import words

    found = indicator(slug).at(None if level == "nation" else level)
    asked = rows[rows["area_kind"] == str(found.geography)]
    cells = list(zip(asked["area_code"], asked["period"], strict=True))
    # Once for all cells: the releases are compared whole, and nearly always nothing was moved.
    moved = {
        item
        for item in moves.jumps(found, here.known_on)
        if any(moves.concerned(found, item, area, period) for area, period in cells)
    }
    for line in sheet.jump_lines(found, sorted(moved, key=str), words("en")):
        typer.echo(line, err=True)


def _area(name: str | None) -> str | None:
    from geo_app.states import code_of

    return name if name in (None, NATION_CODE) else code_of(str(name))


def _area_of(slug: str, level: str | None, name: str | None) -> str | None:
    """Return the code of the area that a question about an indicator names; None for all."""
    from geo_app import us_areas
    from geo_app.indicators import UNITED_STATES, indicator

    found = indicator(slug)
    if name is None or found.geography not in UNITED_STATES:
        return _area(name)
    return us_areas.code_of(name, str(found.at(None if level == "nation" else level).geography))


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

    levels = indicator(slug).drawn_at().mapped_levels
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
