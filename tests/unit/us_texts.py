"""Small texts in the markups of the US advisory, for the tests of its readers."""

from __future__ import annotations

import json
import re
from html import escape

from geo_app.states import all_states

PHRASES = {
    1: "Exercise Normal Precautions",
    2: "Exercise Increased Caution",
    3: "Reconsider Travel",
    4: "Do Not Travel",
}
LEVELS = {item.state_code: int(item.state_code) % 4 + 1 for item in all_states()}
LINK = "https://travel.state.gov/content/travel/en/traveladvisories/mexico-travel-advisory.html"
TITLE = "Mexico Travel Advisory - Level 2: Exercise Increased Caution"
SPELT = {"12": "Guerro", "28": "Sate of Tamaulipas", "09": "Mexico City (Cuidad de Mexico)"}


def _why(level: int) -> str:
    return "" if level == 1 else " due to&nbsp;terrorism,&nbsp;crime, and&nbsp;kidnapping"


def sections_2025(rule: str = "A rule of {name}.") -> str:
    """HTML as in 2025: sections under the number of a level."""
    parts = ["<h2>Exercise increased caution in Mexico due to terrorism and crime.</h2>"]
    for level in (4, 3, 2, 1):
        parts.append(f"<h4>Level: {level} - {PHRASES[level].capitalize()}</h4>")
        for item in all_states():
            if LEVELS[item.state_code] == level:
                name = SPELT.get(item.state_code, f"State of {item.name_en}")
                head = f"<b>{name}:&nbsp;</b>{PHRASES[level].capitalize()}{_why(level)}.&nbsp;"
                body = f"<li>{rule.format(name=item.name_short)}</li><li>Review a map of it.</li>"
                parts.append(f"<p>{head}</p>\n<ul>{body}</ul>")
    parts.append("<p><b>State of Matamoros:</b></p><p><b>Mexicali Valley:</b></p>")
    return "\n".join([*parts, "<h3>If you decide to travel to Mexico:</h3><p>Enroll.</p>"])


def page_2024(*, day: str = "September 6, 2024", is_html: bool = False) -> str:
    """Markdown or HTML as to 2024: a summary list and sections behind it."""
    lines = ["# Mexico Travel Advisory", "", f"### Travel Advisory {day}", ""]
    for level in (4, 3, 2, 1):
        when = "" if level > 2 else "When Traveling "
        lines += [f"**{PHRASES[level]} {when}To:**", ""]
        for item in all_states():
            if LEVELS[item.state_code] == level:
                why = "" if level == 1 else " due to **crime**and **kidnapping.**"
                lines.append(f"* [{_name(item.name_en)}](#{item.state_code} ){why}")
        lines.append("")
    for item in all_states():
        level = LEVELS[item.state_code]
        why = "" if level == 1 else " due to crime and kidnapping"
        heading = f"**{_name(item.name_en)} – {PHRASES[level]}**"  # noqa: RUF001 their dash
        lines += [heading, "", f"{PHRASES[level].capitalize()}{why}.", "", "A rule.", ""]
    text = "\n".join([*lines, "### Travel Advisory Levels", "", "Footer."])
    return _as_html(text) if is_html else text


def _name(name: str) -> str:
    names = {"State of Mexico": "Mexico State (Estado de Mexico)", "Mexico City": "Mexico City"}
    return names.get(name, f"{name} state")


def _as_html(text: str) -> str:
    """The page of those years, its title and text in the classes of the time."""
    rows = text.splitlines()
    paragraphs = "\n".join(
        f"<li>{row[2:]}</li>" if row.startswith("* ") else f"<p>{row.lstrip('#')}</p>"
        for row in rows[4:]
    )
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", paragraphs)
    plain = bold.replace("[", "").replace("](#", "<!--").replace(" )", "-->")
    return (
        "<!DOCTYPE html><html><head><title>Mexico Travel Advisory</title>"
        "<script>var x = '<p>Colima: Do not travel</p>';</script></head><body>"
        '<div class="tsg-rwd-emergency-alertheader-title">Mexico – '  # noqa: RUF001
        "Level 2: Exercise Increased Caution</div>"
        f"<div>{rows[2].lstrip('# ')}</div>"
        '<span class="showThreat" data-tooltip="Tool Tip: Crimes">C</span>'
        '<span data-tooltip="Tool Tip: Event">E</span>'
        f'<div class="tsg-rwd-main-copy-frame"><div>{plain}</div></div>'
        "<div>Nuevo Leon state – Do Not Travel</div></body></html>"  # noqa: RUF001
    )


def api_item(**changed: object) -> dict[str, object]:
    """One item of the answer of the API."""
    item: dict[str, object] = {
        "Title": TITLE,
        "Link": LINK,
        "Category": ["MX"],
        "Summary": sections_2025(),
        "Published": "2025-08-11T20:00:00-04:00",
    }
    return item | changed


def api(*items: dict[str, object]) -> str:
    """The answer of the API."""
    return json.dumps(list(items))


def other(number: int, published: str = "2025-05-14T20:00:00-04:00") -> dict[str, object]:
    """An item of another country."""
    title = f"Japan {number} - Level 1: Exercise Normal Precautions"
    return api_item(Title=title, Link="https://x/jpn", Category=["JA"], Published=published)


def archived(**changed: object) -> str:
    """One item of the feed as archives keep it, with Markdown."""
    why = "due to**terrorism, crime,** and **kidnapping.**"
    text = f"Exercise increased caution\n\nin **Mexico** {why}\n"
    item = {
        "full_title": TITLE,
        "remote_link": LINK,
        "content_md": text,
        "date": "Fri, 29 May 2026",
    }
    return json.dumps(item | changed)


def rss(text: str, day: str = "Tue, 12 Aug 2025", head: str = "") -> str:
    """The feed."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0"><channel><title>Travel'
        f"</title><item><title>{TITLE}</title><link>{LINK}</link><pubDate>{day}</pubDate>"
        f"<description>{escape(text)}</description>"
        '<category domain="Country-Tag">MX</category></item></channel></rss>'
    )
