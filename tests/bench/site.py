"""How long a site takes: from nothing, with nothing changed, with one article changed; dateline beside its peers.

    python tests/bench/site.py [N ...] [--runs 3] [--seeds] [--peers DIR --tool NAME=PATH ...] [--plot FILE] [--keep DIR]

For each number of articles (1,000 and 10,000) `dateline render` runs on the tracker of `workload.py`, in a process of
its own. With `--seeds`, `dateline build --jobs 1` takes the whole road as well, from texts to the site; what changes
there is one text more. With `--peers`, a folder that holds `make_workload.py`, other generators (`--tool hugo=…`, eleventy, jekyll, pelican, nikola) build
the same articles in their own form, in turn with dateline, so that other work on the machine weighs on all alike. Told
are medians: seconds on the wall, seconds of the processor, the largest process's memory, and the exponent by which the
seconds of the processor grow with N; `--plot` draws these as SVG.
"""

from __future__ import annotations

import argparse
import functools
import math
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workload import Law, write_content, write_seed, write_seeds

SCENARIOS = ("from nothing", "nothing changed", "one changed")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    wall: float
    worked: float
    memory: float


@dataclass(slots=True)
class Peer:
    """A generator of sites on one workload."""

    name: str
    folder: Path
    command: Sequence[str]
    made: Sequence[str]
    """What it makes and keeps, below its folder."""
    edit: Callable[[Path, int], None]
    costs: dict[str, list[Cost]] = field(default_factory=dict)

    def measure(self, scenario: str, turn: int) -> None:
        """Bring about the scenario, and time one run."""
        if scenario == "from nothing":
            for name in self.made:
                shutil.rmtree(self.folder / name, ignore_errors=True)
        elif scenario == "nothing changed" and turn == 0:
            run(self.command, self.folder)  # that nothing more is to be said is seen only by a run after the first
        elif scenario == "one changed":
            self.edit(self.folder, turn)
        self.costs.setdefault(scenario, []).append(run(self.command, self.folder))


def run(command: Sequence[str], folder: Path) -> Cost:
    """One process from start to end."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=surroundings())
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return Cost(took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def surroundings() -> dict[str, str]:
    """The environment of a program that is installed: Python finds its modules compiled, from the second run on."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return env | {
        "LC_ALL": "C.UTF-8",
        "PYTHONPYCACHEPREFIX": os.path.join(tempfile.gettempdir(), "dateline-bench-compiled"),
    }


def edit_dateline(folder: Path, turn: int) -> None:
    """A person dates an article otherwise."""
    path = folder / "content" / "articles" / "a-000007.yaml"
    machine = path.read_text(encoding="utf-8").partition("--- # machine")[2]
    path.write_text(f"byline: Writer {turn}\n--- # machine{machine}", encoding="utf-8")


def add_seed(number: int, folder: Path, turn: int) -> None:
    """A person puts one more text into `seeds/`."""
    chance = random.Random(f"added {turn}")
    write_seed(folder, number + turn, Law(max(10, number // 10)).draw(chance, 8), chance)


READ = ("site", ".dateline", "content/articles", "content/actors", "content/events", "content/quotes.lock")
"""What the whole road makes and keeps."""
TOOLS: dict[str, tuple[Sequence[str], str, Sequence[str]]] = {
    "hugo": (["--quiet"], "content/articles/*.md", ["public"]),
    "eleventy": (["--quiet"], "articles/*.md", ["public"]),
    "jekyll": (["build", "-q"], "_articles/*.md", ["public", ".jekyll-cache", ".jekyll-metadata"]),
    "pelican": (["-q", "-o", "public"], "content/*.md", ["public", "cache"]),
    "nikola": (["build", "-q"], "posts/*.md", ["public", "cache", ".doit.db"]),
}
"""Peers: what their command is given, where articles are, what they make and keep; as `measure.py` beside the workload."""


def edit_peer(pattern: str, folder: Path, turn: int) -> None:
    """A sentence more in an article."""
    path = sorted(folder.glob(pattern))[7]
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nA correction was added in revision {turn}.\n")


def peers_of(number: int, folder: Path, options: argparse.Namespace) -> list[Peer]:
    """Dateline and, where asked for, Hugo, each with its sources below the folder."""
    write_content(folder / "dateline", number)
    command = [sys.executable, "-m", "dateline", "render"]
    found = [Peer("dateline", folder / "dateline", command, ("site", ".dateline"), edit_dateline)]
    if options.seeds:
        write_seeds(folder / "seeds", number)
        command = [sys.executable, "-m", "dateline", "build", "--jobs", "1"]
        found.append(Peer("dateline from seeds", folder / "seeds", command, READ, functools.partial(add_seed, number)))
    for tool in options.tool if options.peers else ():
        name, _, path = tool.partition("=")
        given, articles, made = TOOLS[name]
        maker = options.peers / "make_workload.py"
        subprocess.run(
            [sys.executable, maker, folder, str(number), "--peers", name], check=True, stdout=subprocess.DEVNULL
        )
        found.append(Peer(name, folder / name, [path, *given], made, functools.partial(edit_peer, articles)))
    return found


def tell(number: int, peers: Sequence[Peer]) -> None:
    """A line for each scenario and peer."""
    for scenario in SCENARIOS:
        for peer in peers:
            costs = peer.costs[scenario]
            wall, worked, memory = (
                statistics.median(values) for values in zip(*((c.wall, c.worked, c.memory) for c in costs), strict=True)
            )
            print(f"| {number:,} | {scenario} | {peer.name} | {wall:.2f} | {worked:.2f} | {memory:.0f} |", flush=True)


def tell_growth(told: dict[int, list[Peer]]) -> None:
    """How the processor's seconds grow from the smallest to the largest N: seconds ~ N ** exponent."""
    least, most = min(told), max(told)
    for scenario in SCENARIOS:
        few, many = (
            statistics.median(cost.worked for cost in told[number][0].costs[scenario]) for number in (least, most)
        )
        print(f"{scenario}: grows with N to the power of {math.log(many / few) / math.log(most / least):.2f}")


def plot(told: dict[int, list[Peer]]) -> str:
    """Seconds of the processor by N, both on logarithmic axes, a line for each peer and scenario, as SVG."""
    points = {
        f"{peer.name}, {scenario}": [
            (n, statistics.median(cost.worked for cost in peers[at].costs[scenario])) for n, peers in told.items()
        ]
        for at, peer in enumerate(next(iter(told.values())))
        for scenario in SCENARIOS
    }
    values = [value for line in points.values() for _, value in line]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    left, right = math.log10(min(told)), math.log10(max(told))

    def place(n: float, value: float) -> str:
        x = 60 + 400 * (math.log10(n) - left) / ((right - left) or 1)
        return f"{x:.1f},{320 - 300 * (math.log10(value) - low) / (high - low):.1f}"

    marks = [f'<text x="52" y="{324 - 300 * (at - low) / (high - low):.0f}" text-anchor="end">{10.0**at:g} s</text>' for at in range(low, high + 1)]  # fmt: skip
    marks += [f'<text x="{place(n, 10**low).split(",")[0]}" y="340" text-anchor="middle">{n:,}</text>' for n in told]
    for number, (name, line) in enumerate(points.items()):
        colour = f"hsl({number * 360 // len(points)} 70% 35%)"
        marks.append(f'<polyline points="{" ".join(place(*one) for one in line)}" fill="none" stroke="{colour}"/>')
        y = place(*line[-1]).split(",")[1]
        marks.append(f'<text x="468" y="{y}" fill="{colour}">{name}</text>')
    body = "\n".join(marks)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 350" font-family="sans-serif" font-size="12">\n{body}\n</svg>\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", type=int, nargs="*", default=[1000, 10_000], metavar="N")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seeds", action="store_true", help="the whole road, too: articles are read from texts")
    parser.add_argument("--peers", type=Path, help="the folder of make_workload.py")
    parser.add_argument("--tool", action="append", default=[], metavar="NAME=PATH", help=f"a peer: {', '.join(TOOLS)}")
    parser.add_argument("--plot", type=Path, help="where to draw how the seconds grow")
    parser.add_argument("--keep", type=Path, help="where to leave the workloads")
    options = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    )
    print("| N | | | wall, s | worked, s | memory, MB |\n|---:|---|---|---:|---:|---:|")
    told: dict[int, list[Peer]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for number in options.numbers:
            peers = told[number] = peers_of(number, (options.keep or Path(temporary)) / str(number), options)
            for scenario in SCENARIOS:
                for turn in range(options.runs):
                    for peer in peers:
                        peer.measure(scenario, turn)
            tell(number, peers)
    if len(told) > 1:
        tell_growth(told)
    if options.plot:
        options.plot.write_text(plot(told), encoding="utf-8")


if __name__ == "__main__":
    main()
