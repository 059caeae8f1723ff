"""Make `src/dateline/data/en/document_frequencies.tsv` from the frequencies of English words.

    python tests/lists/make_frequencies.py --words large_en.msgpack.gz

The file is `wordfreq/data/large_en.msgpack.gz` of the package wordfreq 3.1.1 (data: CC BY-SA 4.0): a list whose place
`n` holds the words of frequency 10 ** (-n / 100). Frequencies of the forms of one term are summed. A text of `LENGTH`
words that took each of them by chance would hold a term of frequency f with probability 1 - exp(-f * LENGTH).
"""

from __future__ import annotations

import argparse
import gzip
from collections import defaultdict
from math import exp
from pathlib import Path

import srsly.msgpack

from dateline.events.keys import country_of
from dateline.events.wording import DOCUMENTS, TABLE, term

DATA = Path(__file__).parents[2] / "src" / "dateline" / "data"
LENGTH = 300
TERMS = 22_000
HEAD = f"""\
# In how many of a million news texts a term stands, estimated from how often English uses its words: commonest first.
# A term is a stem, or a country for all forms of its name; what is not listed is rarer than all that is.
# Provenance: wordfreq 3.1.1 by Robyn Speer (https://github.com/rspeer/wordfreq), whose sources are Google Books Ngrams
# (http://books.google.com/ngrams), the Leeds Internet Corpus, Wikipedia, ParaCrawl, OPUS OpenSubtitles 2018
# (http://www.opensubtitles.org/), SUBTLEX by M. Brysbaert and others (freely available). Changed: summed by term and reckoned for texts of {LENGTH} words by
# tests/lists/make_frequencies.py.
# Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/.
term	documents
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=Path, required=True)
    bins = srsly.msgpack.loads(gzip.decompress(parser.parse_args().words.read_bytes()))[1:]
    totals: dict[str, float] = defaultdict(float)
    for number, words in enumerate(bins):
        for word in (word.decode("utf-8") if isinstance(word, bytes) else word for word in words):
            if word.isalpha() and len(word) > 1 and word.isascii():
                named = word not in ("us", "uk") and country_of(word.capitalize())
                totals[named or term(word)] += 10 ** (-number / 100)
    ranked = sorted(totals.items(), key=lambda found: (-found[1], found[0]))[:TERMS]
    lines = [f"{name}\t{max(1, round(DOCUMENTS * (1 - exp(-total * LENGTH))))}\n" for name, total in ranked]
    (DATA / TABLE).write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
