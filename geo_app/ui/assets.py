"""Scripts of our components as files that Streamlit serves: fetched once, not sent at each visit.

Owns the folder of those files and their entry among Streamlit's components. Does not own what
stands in a script (``maps``). Leaflet may not be copied into the repository, so the files are
written where the app runs, into a folder that git does not see.
"""

from __future__ import annotations

import hashlib
import logging
import os
from functools import cache
from pathlib import Path
from time import time

import streamlit as st
from streamlit import runtime
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer
from streamlit.errors import Error as StreamlitError

FOLDER = Path(__file__).with_name("assets")
"""Where the files are written."""

PROJECT = "geo_app"
"""First part of the full name of each component of ours."""

KEPT_SECONDS = 24 * 60 * 60
"""How long a file of another version stays: a server that was started with it may still run."""

_DIGITS = 12
_log = logging.getLogger(__name__)


def component(name: str, text: str) -> ComponentRenderer:
    """Return the component of a script.

    Parameters
    ----------
    name
        Name of the component among ours, such as ``"time_map"``.
    text
        JavaScript module.

    Returns
    -------
    ComponentRenderer
        What mounts it. Its script is fetched from a file; where no file can be written or served,
        it is sent with each visit, and the log says so.
    """
    given = _given(name, text)
    if given != text:
        serve(name)
    return _renderer(name, given)


def serve(name: str) -> None:
    """Let the running Streamlit serve a component's folder, if it does not yet.

    Streamlit itself looks for such folders in installed packages only, and the atlas runs from
    its checkout.

    Raises
    ------
    streamlit.errors.Error
        If Streamlit refuses the folder.
    """
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"{PROJECT}.{name}") is None:
        config = ComponentConfig(name, asset_dir=FOLDER.name)
        manager.register_from_manifest(ComponentManifest(PROJECT, "0", [config]), FOLDER.parent)


def write(name: str, text: str, folder: Path) -> Path:
    """Write a script into the folder under a name that holds its hash, and remove old ones.

    Raises
    ------
    OSError
        If nothing can be written there.
    """
    content = text.encode("utf-8")
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    path = folder / f"{name}.{digest}.js"
    # One that was cut short, by a full disk say, has the right name and must not stay.
    if not path.is_file() or path.read_bytes() != content:
        folder.mkdir(parents=True, exist_ok=True)
        # Two servers may start at once: neither may serve half a file of the other.
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(path)
    _remove_old(name, path, folder)
    return path


@cache
def _given(name: str, text: str) -> str:
    """Return what Streamlit is given as the script: the name of a served file, else the text."""
    # Without a server (a plain `python streamlit_app.py`) there is nobody to serve a file.
    if not runtime.exists():
        return text
    try:
        path = write(name, text, FOLDER)
        serve(name)
    except (OSError, StreamlitError) as error:
        _log.warning("%s.js is sent with each visit, since it cannot be served: %s", name, error)
        return text
    return path.name


@cache
def _renderer(name: str, given: str) -> ComponentRenderer:
    return st.components.v2.component(f"{PROJECT}.{name}", js=given)


def _remove_old(name: str, current: Path, folder: Path) -> None:
    for path in folder.glob(f"{name}.*"):
        if path != current and time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
