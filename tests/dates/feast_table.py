"""The table of feasts that follow the moon, reckoned anew from published arithmetic.

    python tests/dates/feast_table.py > src/dateline/data/en/dates/feast_year.tsv

Islamic feasts by the tabular calendar (30-year cycle, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29, epoch 16 July
622); Jewish ones by the fixed calendar (Dershowitz and Reingold, Calendrical Calculations); new moons and equinoxes by
J. Meeus, Astronomical Algorithms, chapters 27 and 49.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

YEARS = range(1900, 2101)
TABLE = Path(__file__).parents[2] / "src" / "dateline" / "data" / "en" / "dates" / "feast_year.tsv"
HEAD = """\
# Feasts that follow the moon or the sun, as month-day in each year; two where a year has two of them.
# Provenance: reckoned by tests/dates/feast_table.py from published arithmetic (it names it), compared once with the
# packages convertdate 2.5.1, hijridate 2.6.0 and holidays 0.109 and with feasts that were kept. Islamic feasts are kept a
# day sooner or later, as the moon is seen in a country; Jewish ones begin on the evening before. Licence: Apache-2.0.
"""


# --- the Islamic calendar ----------------------------------------------------------------------------------


def islamic(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar."""
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return date(622, 7, 19) + timedelta(days)  # 16 July 622 of the Julian calendar


def each_islamic(month: int, day: int) -> Callable[[int], Iterator[date]]:
    """The days of a Gregorian year that are that day of the Islamic year."""

    def days(year: int) -> Iterator[date]:
        near = int((year - 622) * 33 / 32)
        yield from (on for k in range(near - 1, near + 4) if (on := islamic(k, month, day)).year == year)

    return days


# --- the Hebrew calendar -----------------------------------------------------------------------------------


def _elapsed(year: int) -> int:
    """The days from the epoch to the mean new moon of a Hebrew year, put off where the week asks for it."""
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + (3 * (day + 1) % 7 < 3)


def hebrew_new_year(year: int) -> date:
    """1 Tishri."""
    before, here, after = _elapsed(year - 1), _elapsed(year), _elapsed(year + 1)
    delay = 2 if after - here == 356 else 1 if here - before == 382 else 0
    return date.fromordinal(-1373427 + here + delay)


def passover(year: int) -> date:
    """15 Nisan: 163 days before the new year that follows."""
    return hebrew_new_year(year + 3761) - timedelta(163)


def hanukkah(year: int) -> date:
    """25 Kislev: Tishri has 30 days, Marheshvan 29 or (in a long year) 30."""
    start = hebrew_new_year(year + 3761)
    length = (hebrew_new_year(year + 3762) - start).days
    return start + timedelta(30 + 29 + (length % 10 == 5) + 24)


# --- the sky -----------------------------------------------------------------------------------------------

_TERMS = (
    (-0.40720, 0, 1, 0, 0), (0.17241, 1, 0, 0, 1), (0.01608, 0, 2, 0, 0), (0.01039, 0, 0, 2, 0), (0.00739, -1, 1, 0, 1),
    (-0.00514, 1, 1, 0, 1), (0.00208, 2, 0, 0, 2), (-0.00111, 0, 1, -2, 0), (-0.00057, 0, 1, 2, 0),
    (0.00056, 1, 2, 0, 1), (-0.00042, 0, 3, 0, 0), (0.00042, 1, 0, 2, 1), (0.00038, 1, 0, -2, 1),
    (-0.00024, -1, 2, 0, 1),
)  # fmt: skip
"""Of a new moon: coefficient, multiples of the sun's anomaly, the moon's, its latitude, power of the eccentricity."""


def new_moon(k: int) -> datetime:
    """The new moon number k after that of 6 January 2000, in universal time to a few minutes."""
    t = k / 1236.85
    days = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    e = 1 - 0.002516 * t
    sun = math.radians(2.5534 + 29.10535670 * k)
    moon = math.radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    node = math.radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    omega = math.radians(124.7746 - 1.56375588 * k)
    days += sum(c * e**p * math.sin(s * sun + m * moon + f * node) for c, s, m, f, p in _TERMS)
    return _universal(days - 0.00017 * math.sin(omega))


def _universal(julian: float) -> datetime:
    """A moment of dynamical time in universal time (about a minute earlier in our centuries)."""
    return datetime(2000, 1, 1, 12) + timedelta(julian - 2451545 - 60 / 86400)


def new_moons(year: int) -> Iterator[datetime]:
    """Those from the December before a year to its end."""
    first = int((year - 2000) * 12.3685) - 2
    yield from (moment for k in range(first, first + 17) if (moment := new_moon(k)) >= datetime(year - 1, 12, 1))


_SUN = (
    (485, 324.96, 1934.136), (203, 337.23, 32964.467), (199, 342.08, 20.186), (182, 27.85, 445267.112),
    (156, 73.14, 45036.886), (136, 171.52, 22518.443), (77, 222.54, 65928.934), (74, 296.72, 3034.906),
    (70, 243.58, 9037.513), (58, 119.81, 33718.147), (52, 297.17, 150.678), (50, 21.02, 2281.226),
    (45, 247.54, 29929.562), (44, 325.15, 31555.956),
)  # fmt: skip


def _season(mean: float) -> datetime:
    t = (mean - 2451545) / 36525
    w = math.radians(35999.373 * t - 2.47)
    stretch = 1 + 0.0334 * math.cos(w) + 0.0007 * math.cos(2 * w)
    swing = sum(a * math.cos(math.radians(b + c * t)) for a, b, c in _SUN)
    return _universal(mean + 0.00001 * swing / stretch)


def equinox(year: int) -> datetime:
    """The equinox of March."""
    y = (year - 2000) / 1000
    return _season(2451623.80984 + 365242.37404 * y + 0.05169 * y**2 - 0.00411 * y**3)


def solstice(year: int) -> datetime:
    """The solstice of December."""
    y = (year - 2000) / 1000
    return _season(2451900.05952 + 365242.74049 * y - 0.06223 * y**2 - 0.00823 * y**3)


def lunar_new_year(year: int) -> date:
    """The second new moon behind the solstice, by the day in Beijing; the third where a leap month stands between."""
    east = timedelta(hours=8)
    winter = (solstice(year - 1) + east).date()
    days = [(moment + east).date() for moment in new_moons(year)]
    behind = [on for on in days if on > winter]
    return behind[2] if year in LEAP_WINTERS else behind[1]


LEAP_WINTERS = (2034,)
"""Years before which the eleventh or twelfth month is doubled."""


def nowruz(year: int) -> date:
    """The day in Tehran on which the sun stands in the equinox by noon."""
    return (equinox(year) + timedelta(hours=3.5 + 12)).date()


def diwali(year: int) -> date:
    """The evening of the first dark moon behind the sun's entry into sidereal Libra, in India."""
    libra = datetime(2020, 10, 17, 1, 35) + timedelta((year - 2020) * 365.256363)
    dark = next(moment for moment in new_moons(year) if moment >= libra)
    return (dark + timedelta(hours=5.5 - 18)).date()  # the dark lunar day must last until an hour behind sunset


# --- the table ---------------------------------------------------------------------------------------------

FEASTS: dict[str, Callable[[int], Iterator[date]]] = {
    "islamic-new-year": each_islamic(1, 1),
    "ashura": each_islamic(1, 10),
    "mawlid": each_islamic(3, 12),
    "ramadan": each_islamic(9, 1),
    "eid-al-fitr": each_islamic(10, 1),
    "eid-al-adha": each_islamic(12, 10),
    "passover": lambda year: iter([passover(year)]),
    "rosh-hashanah": lambda year: iter([hebrew_new_year(year + 3761)]),
    "yom-kippur": lambda year: iter([hebrew_new_year(year + 3761) + timedelta(9)]),
    "hanukkah": lambda year: iter([hanukkah(year)]),
    "purim": lambda year: iter([passover(year) - timedelta(30)]),
    "lunar-new-year": lambda year: iter([lunar_new_year(year)]),
    "nowruz": lambda year: iter([nowruz(year)]),
    "diwali": lambda year: iter([diwali(year)]),
}


def table() -> str:
    """The whole file."""
    lines = ["\t".join(["year", *FEASTS])]
    for year in YEARS:
        cells = (" ".join(f"{on:%m-%d}" for on in feast(year)) for feast in FEASTS.values())
        lines.append("\t".join([str(year), *cells]))
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(), end="")
