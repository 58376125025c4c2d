"""Figures as HTML: what a notebook shows of one."""

from __future__ import annotations

from geo_app.figures import Figure


def test_a_notebook_shows_a_figure_with_all_that_must_be_read_with_it() -> None:
    found = Figure("Rates & more", "<svg/>", (("<svg id='sign'/>", "a < b"),), ("Note <1>.",))
    shown = found._repr_html_()
    assert "<figcaption>Rates &amp; more</figcaption><svg/>" in shown
    assert "<svg id='sign'/></span> a &lt; b" in shown
    assert "<p>Note &lt;1&gt;.</p>" in shown
