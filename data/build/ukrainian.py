"""The Ukrainian name of a place: known, spelt so in GeoNames, or transcribed.

GeoNames holds Cyrillic spellings without their language. The one that is
nearest to the transcription from the own language is taken if it can be
Ukrainian; a transcription that they confirm is as good as a known name.
"""

import re
import unicodedata

from common import likeness, read_rows, read_table, script
from transcription import HARD, LATIN, is_ukrainian, transcribe

# Entries of more people are transcribed where no name is known; so are those
# of unknown size that are the seat of something.
TRANSCRIBED_FROM = 2000
SEATS = {"PPLC", "PPLA", "PPLA2", "PPLA3"}
# Only places of this size have Ukrainian names of their own, far from how they
# are called at home.
FAMED_FROM = 100_000
# How like the transcription a spelling must be that only Ukrainian writes, that
# of such a large place, and there one that other languages may share.
NEAR = 0.7
NEAR_FAMED = 0.25
NEAR_UNTRUSTED = 0.5
# So near must a spelling be that other languages may share, in languages where
# letters tell little of the sound.
NEAR_SHARED = 0.75
UNEVEN = {"fr", "en", "cy"}

SLAVIC = {"pl", "cs", "sk", "hr", "bs", "sl", "sr", "cnr", "mk", "bg"}

# Names in one of several official languages: what only the one can have, and
# what the other cannot.
_SURE = {
    "en": re.compile("^st |^saint |^port |bay$"),
    "fr": re.compile("ange$|age$|eau|-sur-|-les-|vaux$|saint|bourg$|ville|[éèêçî]"),
    "ca-valencia": re.compile("[çàèò]|uig$|ny|^vila|^sant |[^s]ant$|d'"),
    "cy": re.compile("ll|dd|^y|wy|^rh|^aber|^pont|^pen|[bcdfgmnprst]w[nlrdmg]"),
}
_FOREIGN = {
    "fr": re.compile("[kwäöüß]|tz|dorf|fort$|ch(?:$|t)|mer$|oe|sch|stein|linst|"
                     "ingen$|tgen$|nieder|stadt|berg|horen|hem$|lecht|tert$|nern|evere"),
    "fi": re.compile("[bcfqwxzå]"),
    "sv": re.compile("kk|nen$|[aiou]{3}"),
    "it": re.compile("[kwßäöüçéî]|sch|saint|x$"),
    "eu": re.compile("[cvqáéíóúy]"),
    "gl": re.compile("[jy]"),
    "sq": re.compile("[čćšžđ]|vo$|ica$|ac$|lj|reka|novo|polje|ik$"),
}

# Kinds of municipality that are a part of the name, and how Ukrainian says them.
KINDS = {"EE": [(" vald", "волость ")], "GB": [("City of ", "")],
         "PL": [("gmina ", "гміна ")]}

# Regions whose names are in a language that is not official there.
_NAMED_IN = {("FR", "94"): "it"}

# Other Slavic languages, Belarusian and older spellings give themselves away.
_NOT_UKRAINIAN = re.compile(
    "[бвгджзклмнпрстфхцчшщ]ї|[жшчщц]і[бвгджзйклмнпрстфхцчшщ]|^и|ы|"
    "иа|ие|ио|иу|шч|цце|цьв|зьв|сьв|ійс|оуи|иі|[дц]з[іеє]н$")
_RUSSIAN_ENDING = re.compile(r"(?:ая|ое|ые)\b")
_KINDS = re.compile("^(?:[гґ]міна|громада|повіт|општина|община) ", re.IGNORECASE)


class Tongues:
    """In which language the name of a place is."""

    def __init__(self):
        self._official = {
            (row["country"], row["region"], row["district"], row["place"]):
            row["languages"].split("|") for row in read_rows("languages.tsv")}
        self._places = {place: languages for (_, _, _, place), languages
                        in self._official.items() if place}

    def of(self, country, region, district, number, name):
        """The language of a name: the first official one it can be in."""
        if (country, region) in _NAMED_IN:
            return _NAMED_IN[country, region]
        languages = self._places.get(str(number))
        for key in ((country, region, district, ""), (country, region, "", ""),
                    (country, "", "", "")):
            languages = languages or self._official.get(key)
        languages = [one for one in languages or ["en"] if one in LATIN]
        name = name.lower()
        for language in languages:
            if language in _SURE and _SURE[language].search(name):
                return language
        for language in languages:
            if not (language in _FOREIGN and _FOREIGN[language].search(name)):
                return language
        return languages[-1]


def _tidy(spelling):
    """A spelling as Ukrainian writes it today, or '' when it cannot be one."""
    spelling = _KINDS.sub("", unicodedata.normalize("NFC", spelling))
    spelling = re.sub("[ʼ'`´ʹ‘]", "’", spelling).replace("ґ", "г").replace("Ґ", "Г")
    # Lists separated by commas lost the apostrophes.
    spelling = re.sub("(?<=[бпвмфгкхр])(?=[єї])", "’", spelling)
    if not is_ukrainian(spelling) or not spelling[0].isupper():
        return ""
    return "" if _NOT_UKRAINIAN.search(spelling.lower()) else spelling


def _key(name):
    """What is left of a name when marks and blanks are not looked at."""
    return re.sub("[’ -]", "", name.lower())


_EASTERN = str.maketrans("эыіёўґо", "еииеуга")


def _eastern(spelling):
    """A spelling without what parts Russian, Belarusian and Ukrainian."""
    return spelling.lower().translate(_EASTERN)


def _ours(spelling, others, language):
    """Whether only Ukrainian writes so: it has ї or є, or и and і side by side,
    or і where another language has е or о; і alone is Belarusian too, which
    differs much in Slavic names. A Belarusian spelling with ы in its place
    shows that и is Ukrainian as well."""
    letters = set(spelling.lower())
    if letters & set("їє") or ("і" in letters and letters & set("ищ")):
        return True
    if re.search("(?:[^кгх]|ськ)ий[ -]", spelling):
        return True
    if "и" in letters:
        return any("ы" in other and _eastern(other) == _eastern(spelling)
                   for other in others if "и" not in other)
    return "і" in letters and (
        language not in SLAVIC or spelling.endswith("ів")
        or bool({spelling.replace("і", "е"), spelling.replace("і", "о")} & others))


def _paired(spelling, others):
    """Whether Russian or Belarusian writes the same in its own letters: a name
    of the East Slavic languages, and not one of Bulgarian or Serbian."""
    return "и" not in spelling.lower() and any(
        other != spelling and _eastern(other) == _eastern(spelling)
        and other[-1] == spelling[-1] for other in others)


def _as_we_hear(spelling, heard, language):
    """Whether a spelling has no sign of another language against the
    transcription: х for h, у for w, ьо for ö, а for о."""
    a, b = _key(spelling), _key(heard)
    foreign = ((a.count("х") > b.count("х") and a.count("г") < b.count("г"))
               or a.count("ьо") > b.count("ьо")
               or (a.count("у") > b.count("у") and a.count("в") < b.count("в"))
               or ("-на-" in spelling and "-на-" not in heard)
               or (language != "pl" and a.count("дз") > b.count("дз"))
               or a.count("ц") > b.count("ц") + b.count("с") + b.count("т"))
    return not foreign and not (
        a.count("о") < b.count("о")
        and a.count("а") + a.count("я") > b.count("а") + b.count("я"))


def _by_custom(name, language):
    """A name without what the orthography settles for all names: doubled
    consonants, and in Slavic names their endings and и or і."""
    name = re.sub(r"(.)\1", r"\1", _key(name))
    if language in SLAVIC:
        name = re.sub("ц[іе]$", "ці", re.sub("ц[яа]$", "ця", name))
        name = name.replace("ь", "").replace("и", "і")
    return name


def _settled(name, written, others):
    """A name with и in ри where it is known so (Париж, Мадрид)."""
    settled = re.sub(f"(?<=[Рр])і(?=[{HARD}])", "и", name)
    if settled in written and _ours(settled, others, ""):
        return settled
    return name


def _untrusted(spelling, heard):
    """Whether a spelling that other languages may share can do all the same."""
    a, b = _key(spelling), _key(heard)
    return not ("и" in a or (a[-1] == "о" != b[-1])
                or (a[0] != b[0] and b[0] in HARD)
                or a.replace("ь", "") == b.replace("ь", ""))


def _famous(heard, written, others, language):
    """The name of a large place, which may be far from how it is called at
    home: what the East Slavic languages share goes before what is nearest."""
    found = [(0, 1.0, heard)]
    for one in written:
        trust = (3 if _ours(one, others, language)
                 else 2 if _paired(one, others)
                 else 1 if _key(one) == _key(heard) or _untrusted(one, heard) else 0)
        alike = likeness(_key(one), _key(heard))
        if (trust and alike >= (NEAR_FAMED if trust > 1 else NEAR_UNTRUSTED)
                and _as_we_hear(one, heard, language)):
            found.append((trust, alike, one))
    one = max(found)[2]
    if _by_custom(one, language) == _by_custom(heard, language):
        one = heard
    return _settled(one, written, others)


def _plain(name):
    """A name without all that two ways to write one sound differ in."""
    name = re.sub("ц[іе]$", "ці", _key(name).replace("ь", ""))
    name = re.sub(r"(.)\1", r"\1", re.sub("ц[яа]$", "ця", name))
    return name.translate(str.maketrans("иїє", "ііе"))


def _common(heard, written, others, language):
    """The spelling of another place that is nearest to the transcription."""
    found = []
    for one in written:
        ours = _ours(one, others, language)
        shared = language in UNEVEN and not set(one.lower()) & set("иі")
        alike = likeness(_key(one), _key(heard))
        if ((ours and alike >= NEAR or shared and alike >= NEAR_SHARED)
                and _as_we_hear(one, heard, language)):
            if _plain(one) == _plain(heard):
                return ""
            found.append((alike, ours, one))
    return max(found)[2] if found else ""


def from_spellings(heard, spellings, language, famed):
    """(name, source) of the spelling nearest to the transcription, or None."""
    others = set(spellings)
    written = sorted({tidy for tidy in map(_tidy, sorted(others)) if tidy
                      and not (language in SLAVIC | {"ka", "ro"}
                               and _RUSSIAN_ENDING.search(tidy.lower()))})
    same = [one for one in written if _key(one) == _key(heard)]
    if famed:
        name = _famous(heard, written, others, language)
    else:
        name = heard if same else _common(heard, written, others, language)
    if not name:
        return None
    if _key(name) == _key(heard):
        sure = any(_ours(one, others, language) for one in same)
        return (heard, "known" if sure else "geonames") if same else None
    return (name if " " in heard else name.replace(" ", "-")), "geonames"


class UkrainianNames:
    """Ukrainian names by the hand-written table, GeoNames and transcription."""

    def __init__(self):
        self._tongues = Tongues()
        self._known = {int(row["geonames_id"]): row
                       for row in read_table("ukrainian_names.csv")}

    def of(self, place, named, own_script, district, size):
        """(name_uk, source) of an entry of `size` people or ''.

        The hand-written name of a place is not that of a municipality which is
        called otherwise than its seat.
        """
        known = self._known.get(place.id)
        if known and (not named.seat or known["name"] == named.name):
            return known["name_uk"], "known"
        for kind, kind_uk in KINDS.get(place.country, ()):
            if kind in named.name:
                plain = named.name.replace(kind, "")
                uk, source = self.by_rule(place, plain, own_script, district, size)
                return kind_uk + uk if uk else "", source
        return self.by_rule(place, named.name, own_script, district, size)

    def by_rule(self, place, name, own_script, district, size):
        """The same with the hand-written table set aside."""
        language = self._tongues.of(place.country, place.region, district,
                                    place.id, name)
        heard = transcribe(name, language, _KINDS.sub("", own_script))
        spellings = [one for one in place.names if script(
            re.sub("[-' ’ʼ]", "", one)) == "CYRILLIC"]
        found = from_spellings(heard, spellings, language,
                               int(size or 0) >= FAMED_FROM)
        if found:
            return found
        large = int(size) > TRANSCRIBED_FROM if size else place.feature in SEATS
        return (heard, "transcribed") if large else ("", "")
