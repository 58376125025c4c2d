"""The few error types of the atlas, and the form of their messages.

Owns the wording order of every message: where, what, expected, got, what to do. Does not own
the translation of titles (``text``) or how a message is shown (``ui`` and the command line).
"""

from __future__ import annotations


class AtlasError(Exception):
    """Report something that the reader of the message can mend.

    Parameters
    ----------
    what
        What is wrong, as a short statement.
    where
        File, row, column or option in which it was found.
    expected, got
        What should have stood there and what stood there.
    fix
        What to do next.

    Notes
    -----
    The text of the exception is always a single line, so that the command line can print it as
    it stands.
    """

    title_key = "error_atlas"
    """Key of the title that the app shows above the message."""
    next_key = "next_atlas"
    """Key of what the app tells its reader to do; ``fix`` speaks to who runs it, in English."""

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        expected: str | None = None,
        got: str | None = None,
        fix: str | None = None,
    ) -> None:
        self.what = _one_line(what)
        self.where = _one_line(where)
        self.expected = _one_line(expected)
        self.got = _one_line(got)
        self.fix = _one_line(fix)
        super().__init__(self.cause + (f"; {self.fix}" if self.fix else ""))

    @property
    def cause(self) -> str:
        """The message without its last part, what to do."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        contrast = [
            f"{word} {value}"
            for word, value in (("expected", self.expected), ("got", self.got))
            if value
        ]
        return f"{text}: {', '.join(contrast)}" if contrast else text


class UnknownState(AtlasError):
    """A name or code that is none of the 32 states."""

    title_key = "error_unknown_state"
    next_key = "next_unknown_state"


class BadRequest(AtlasError):
    """A question that the atlas cannot answer: an unknown indicator, period, level or date."""

    title_key = "error_request"
    next_key = "next_request"


class ShapesInvalid(AtlasError):
    """A shapefile that is incomplete, misplaced, or not a valid coverage of its areas."""

    title_key = "error_shapes"
    next_key = "next_shapes"


class TableInvalid(AtlasError):
    """A tidy table or catalogue record in ``data/`` that breaks the data contract."""

    title_key = "error_table"
    next_key = "next_table"


class SourceInvalid(AtlasError):
    """An official file that an importer cannot read completely."""

    title_key = "error_source"
    next_key = "next_source"


class HashMismatch(AtlasError):
    """A file whose content is not the one that its registry names."""

    title_key = "error_hash"
    next_key = "next_hash"


def _one_line(text: str | None) -> str:
    return " ".join(str(text).split()) if text is not None else ""
