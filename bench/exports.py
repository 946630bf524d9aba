"""Exports of the catalogue: making one, reading its parts, choosing from one with Spark."""
import json
import re
import shutil
import tempfile
from pathlib import Path

from common import admix, java, say, summary

PART_ROUNDS = 6


def export(options):
    """`admix dataset export` of registered rows, and what one thread makes of the parts of an export."""
    folder = Path(tempfile.mkdtemp(prefix="admix-bench-", dir=options.work))
    try:
        command(folder, options)
        parts(folder, options)
    finally:
        shutil.rmtree(folder)


def command(folder, options):
    rows = int(3_000_000 * options.scale)
    home = folder / "home"
    home.mkdir()
    java("Rows", home, "bench", rows, "many-names")
    walls, processor = [], []
    for number in range(options.rounds):
        out, seconds, cpu = admix(home, "dataset", "export", folder / f"export-{number}", "--json", heap="512m")
        told = json.loads(out)
        walls.append(seconds)
        processor.append(cpu)
    say(figure="export sqlite", rows=told["rows"], bytes=told["bytes"], rounds=options.rounds, heap="512m", seconds=summary(walls), cpu_seconds=summary(processor))


def parts(folder, options):
    rows = int(4_000_000 * options.scale)
    made = java("ExportedRows", folder / "home-parts", folder / "parts", rows).stdout.split()
    found = [numbers(java("PartReading", folder / "parts", PART_ROUNDS).stdout) for _ in range(options.rounds)]
    say(figure="part reading", rows=int(made[0]), bytes=int(made[1]), rounds=options.rounds,
        **{f"{what}_per_second": summary([each[what] for each in found], 0) for what in ("read", "rank", "tags")})


def numbers(text):
    return {name: float(value) for name, value in re.findall(r"^(\w+)=(\d+)", text, re.M)}
