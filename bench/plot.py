#!/usr/bin/env python3
"""plot.py [--check] [RESULTS]: makes tables and plots of docs/benchmarks.md out of what bench.py kept.

RESULTS is a file of JSON lines, by default the latest one in bench/results; of several lines of one figure the last holds.
A table stands in the page between `<!-- table NAME -->` and `<!-- end -->`, below the plot of that name if there is one; plots stand in docs/benchmarks.
With --check nothing is written, and the exit code says whether page and plots are what the results give.
"""
import json
import re
import sys
from pathlib import Path

import tables
import pictures

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/benchmarks.md"
PLOTS = ROOT / "docs/benchmarks"
BLOCK = re.compile(r"(<!-- table ([\w-]+) -->\n).*?(<!-- end -->)", re.S)


def results(path):
    """Figure to its last line; each bears the line of its machine."""
    figures, machine = {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if "machine" in told:
            machine = told
        else:
            # Some figures are told once for each number of files.
            name = f"{told['figure']} {told['files']}" if told["figure"] == "memory" else told["figure"]
            figures[name] = {**told, "on": machine}
    return figures


def drawn(figures):
    """Name to SVG of each plot whose figures were measured."""
    plots = {}
    for name, picture in pictures.PICTURES.items():
        try:
            plots[name] = picture(figures)
        except KeyError:
            continue
    return plots


def made(figures):
    """Path to text of everything that the results give."""
    plots = drawn(figures)

    def block(match):
        head, name, end = match.groups()
        plot = [f"![{name}](benchmarks/{name}.svg)", ""] if name in plots else []
        return "\n".join([head.rstrip("\n"), *plot, *tables.TABLES[name](figures), end])

    page = BLOCK.sub(block, PAGE.read_text(encoding="utf-8"))
    return {PAGE: page, **{PLOTS / f"{name}.svg": plot for name, plot in plots.items()}}


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    kept = sorted((ROOT / "bench/results").glob("*.jsonl"))
    latest = Path(arguments[0]) if arguments else kept[-1] if kept else None
    files = made(results(latest) if latest else {})
    if "--check" in sys.argv:
        wrong = [str(path.relative_to(ROOT)) for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
        sys.exit(f"not what the results give, run bench/plot.py: {', '.join(wrong)}" if wrong else 0)
    PLOTS.mkdir(exist_ok=True)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")


main()
