"""Figures as HTML: what a notebook shows of one."""

from __future__ import annotations

from geo_app.figures import Figure, side_by_side


def test_a_notebook_shows_a_figure_with_all_that_must_be_read_with_it() -> None:
    found = Figure("Rates & more", "<svg/>", (("<svg id='sign'/>", "a < b"),), ("Note <1>.",))
    shown = found._repr_html_()
    assert "<figcaption>Rates &amp; more</figcaption><svg/>" in shown
    assert "<svg id='sign'/></span> a &lt; b" in shown
    assert "<p>Note &lt;1&gt;.</p>" in shown


def test_a_page_gets_both_forms_of_a_drawing_and_a_notebook_the_narrow_one() -> None:
    found = Figure("Rates", "<svg id='narrow'/>", wide="<svg id='wide'/>")
    shown = side_by_side([found])
    assert "<div class=\"atlas-wide-form\"><svg id='wide'/></div>" in shown
    assert "<div class=\"atlas-narrow-form\"><svg id='narrow'/></div>" in shown
    assert "<figcaption>Rates</figcaption><svg id='narrow'/>" in found._repr_html_()


def test_no_line_ends_between_a_number_and_its_percent_sign() -> None:
    found = Figure("Rates", "<svg/>", (("<svg/>", "interval of 95 %"),), ("From 4 % to 5 %.",))
    shown = side_by_side([found])
    assert "interval of 95\N{NO-BREAK SPACE}%" in shown
    assert "From 4\N{NO-BREAK SPACE}% to 5\N{NO-BREAK SPACE}%." in shown
