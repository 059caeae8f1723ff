"""How long a reader waits for what a search finds, in a real browser, from disk.

    python tests/bench/search.py [N] [--chromium PATH]

A tracker of N articles (455: 5,000 rows of timelines) is rendered, and Chromium opens its search page from disk. Told
are, for each query, the milliseconds from typing it to the list, once on a page that has asked for nothing yet and once
more on the same page, medians of 5; and the bytes of the page with all that it loads before anybody types.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page, sync_playwright
from workload import letters, write_content

QUERIES = ("met", "council treaty", f"Adam {letters(3)}", "ma", "border peace talks envoys", "nothingofthekind")
RUNS = 5
TYPED = """query => new Promise(done => {
  const box = document.getElementById("query"), tally = document.querySelector("#search [role=status]");
  tally.textContent = "";
  const began = performance.now();
  new MutationObserver((_, seen) => { if (tally.textContent) { seen.disconnect(); done(performance.now() - began); } })
    .observe(tally, {childList: true, characterData: true, subtree: true});
  box.value = query;
  box.dispatchEvent(new Event("input"));
})"""


def time_query(page: Page, address: str, query: str) -> tuple[float, float, str]:
    """Milliseconds for a query on a fresh page, and once more; and what the page says of it."""
    page.goto("about:blank")
    page.goto(address)
    first = page.evaluate(TYPED, query)
    again = page.evaluate(TYPED, query)
    return first, again, page.inner_text("#search [role=status]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("number", type=int, nargs="?", default=455, metavar="N")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "/usr/bin/chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        tracker = Path(temporary)
        write_content(tracker, options.number)
        subprocess.run([sys.executable, "-m", "dateline", "render"], cwd=tracker, check=True, stdout=subprocess.DEVNULL)
        page = playwright.chromium.launch(executable_path=options.chromium).new_page()
        address = (tracker / "site" / "search.html").as_uri()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(unquote(urlsplit(request.url).path)))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        before = sum(map(os.path.getsize, asked))
        page.evaluate(TYPED, QUERIES[0])
        with_one = sum(map(os.path.getsize, asked))
        rows = options.number * 11
        print(f"Chromium {page.context.browser.version}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
        print(f"{rows:,} rows; loaded before anybody types {before:,} bytes, with the first query {with_one:,}")
        print("| query | first, ms | again, ms | |\n|---|---:|---:|---|")
        for query in QUERIES:
            runs = [time_query(page, address, query) for _ in range(RUNS)]
            first, again = (statistics.median(run[at] for run in runs) for at in (0, 1))
            print(f"| {query} | {first:.0f} | {again:.0f} | {runs[0][2]} |")


if __name__ == "__main__":
    main()
