"""stub"""

from geo_app.atlas import Atlas
from geo_app.view import View


def render(atlas: Atlas, view: View) -> None: ...
