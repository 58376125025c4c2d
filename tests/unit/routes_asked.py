"""Codes of the stops that the tests of routes ask for, by their usual names."""

from __future__ import annotations

from datetime import date

from geo_app.routes import ways as routes
from geo_app.routes.records import Route

TAKEN = date(2025, 8, 12)
"""The last issue that states levels."""

EARLIER = date(2024, 9, 6)

CODES = {
    "Acapulco": "geonames:3533462",
    "Cancún": "geonames:3531673",
    "Cancún airport": "icao:MMUN",
    "Ceibo": "tenosique-el-ceibo",
    "Celaya": "geonames:4014875",
    "Cozumel airport": "icao:MMCZ",
    "Durango": "geonames:4011743",
    "Ensenada": "geonames:4006702",
    "Guadalajara": "geonames:4005539",
    "Guanajuato": "geonames:4005270",
    "Guaymas": "geonames:4005143",
    "Hermosillo": "geonames:4004898",
    "La Paz": "geonames:4000900",
    "Laredo": "nuevo-laredo-laredo",
    "Mazatlán": "geonames:3996322",
    "Mexico City": "geonames:3530597",
    "Mexico City airport": "icao:MMMX",
    "Monterrey": "geonames:3995465",
    "Morelia": "geonames:3995402",
    "Nogales": "geonames:4004886",
    "Nuevo Laredo": "geonames:3522551",
    "Oaxaca": "geonames:3522507",
    "Palomas": "palomas-columbus",
    "Puebla": "geonames:3521081",
    "Puerto Vallarta": "geonames:3991328",
    "Querétaro": "geonames:3991164",
    "San Luis Potosí": "geonames:3985606",
    "Taxco": "geonames:3516225",
    "Tijuana": "geonames:3981609",
    "Tulum": "geonames:3515040",
    "Zacatecas": "geonames:3979844",
}


def asked(*names: str, day: date = TAKEN) -> Route:
    """Return the first route between stops, by the names above."""
    return routes.check([CODES[name] for name in names], day)


def ways(*names: str, day: date = TAKEN) -> tuple[Route, ...]:
    """Return all routes between stops, by the names above."""
    return routes.alternatives([CODES[name] for name in names], day)
