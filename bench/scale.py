#!/usr/bin/env python3
"""scale.py [--check] [RESULTS]: computes the tables of docs/scale.md from unit costs.

A unit cost is a figure that bench.py kept (of RESULTS, by default the latest file in bench/results), or one of the parameters below, which is not measured here and bears its source.
A table stands in the page between `<!-- table NAME -->` and `<!-- end -->`. With --check nothing is written, and the exit code says whether the page is what the figures give.
"""
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/scale.md"
BLOCK = re.compile(r"(<!-- table ([\w-]+) -->\n).*?(<!-- end -->)", re.S)

ROWS = 10**9
PART_ROWS = 10**6
CORES = 4
EXECUTORS = (1, 10, 100)
MIXES = (10**8, 10**9)
PREFIXES = (1, 16, 64)

# Parameters: name to value, and where it is from. Change them and run this again.
PARAMETERS = {
    "metadata": (20_000, "names made per second by the metadata server of a network file system; assumed, `admix doctor` and a first mix tell yours"),
    "attributes": (100_000, "files looked at per second that the same server bears; assumed"),
    "put": (3_500, "COPY, PUT per second and partitioned prefix; Amazon S3 user guide, optimising performance"),
    "get": (5_500, "HEAD, GET per second and partitioned prefix; the same page"),
    "latency": (0.060, "seconds of one CopyObject of a small object; assumed"),
    "put_price": (0.005, "US dollars per 1,000 PUT, COPY, LIST; price list of S3 Standard, us-east-1, as of August 2025"),
    "get_price": (0.0004, "US dollars per 1,000 HEAD, GET; the same list"),
    "page": (1_000, "keys of one LIST page; S3 API"),
}


def figures(path):
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if "figure" in told:
            found[told["figure"]] = told
    return found


def units(found):
    """Rates per second of one core or one stream, with the figure that each is from."""
    part, export, whole, postgres, copies = (found[name] for name in
                                             ("part reading", "export sqlite", "whole by-source sqlite", "whole by-source postgresql", "copies small, same mount"))
    spark = found["spark-select 100000000"]
    cpus = 2

    def step(which):
        return sum(seconds for name, seconds in spark["steps"].items() if name.startswith(which))

    files = whole["files"]
    copied = copies["files"] / copies["seconds"]["placing"]["median"]
    told = {
        "row_bytes": (part["bytes"] / part["rows"], "bytes of a row in an export, gzip", "part reading"),
        "read": (part["read_per_second"]["median"], "rows read from a part, one core", "part reading"),
        "rank": (part["rank_per_second"]["median"], "rows read, ranked and counted, one core", "part reading"),
        "count": (spark["rows"] / step("counting") / cpus, "rows counted by Spark: read, filtered by path and label, ranked, one core", "spark-select 100000000"),
        "keep": (spark["rows"] / step("reading") / cpus, "rows read again by Spark, a tenth of them kept, one core", "spark-select 100000000"),
        "seal": (spark["entries"] / step("sealing"), "entries of the plan written by the driver, one stream", "spark-select 100000000"),
        "export": (export["rows"] / export["seconds"]["median"], "rows exported from SQLite, one command", "export sqlite"),
        "look": (files / whole["phases"]["plan"]["median"] / cpus, "chosen files looked at, named and written to the plan, one core, local file system", "whole by-source sqlite"),
        "place": (whole["placing"]["median"] / cpus, "hard links placed and recorded, one core", "whole by-source sqlite"),
        "record": (files / postgres["phases"]["record"]["median"], "rows and receipts recorded by COPY, one writer", "whole by-source postgresql"),
        "manifest": (files / whole["phases"]["manifest"]["median"], "lines of the manifest written, one stream", "whole by-source sqlite"),
    }
    told["copy"] = (copied / cpus, "small files copied, one core", "copies small, same mount")
    return told


def rate(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def time(seconds):
    if seconds < 1:
        return "<1 s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 2 * 3600 else f"{seconds / 3600:.1f} h"


def table(head, rows):
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)] + ["| " + " | ".join(row) + " |" for row in rows]


def unit_table(unit):
    rows = [[what, rate(value), f"`{figure}`"] for value, what, figure in unit.values()]
    return table(["unit cost", "per second, or bytes", "measured by"], rows)


def parameter_table(unit):
    return table(["parameter", "value", "what it is"], [[f"`{name}`", f"{value:,}", words] for name, (value, words) in PARAMETERS.items()])


def passes_table(unit):
    size = unit["row_bytes"][0] * ROWS / 1e9
    parts = ROWS // PART_ROWS
    kept = MIXES[0]
    return table(["pass", "over", "read", "where", "runs"], [
        ["count ranks, only where less than half can be chosen", "all rows", f"{size:.0f} GB", "executors", f"{parts:,} tasks"],
        ["keep what may be chosen", "all rows", f"{size:.0f} GB", "executors", f"{parts:,} tasks"],
        ["cut, each round", "what was kept", f"some {kept / 1e6:,.0f} million rows, in memory or on executors' disks", "executors", f"{parts:,} short tasks"],
        ["choose and look", "what was kept", "one look at each chosen file", "executors", f"{parts:,} tasks"],
        ["seal", "what was chosen", "the chosen rows, once", "driver", "one stream"],
    ])


def posix(unit, executors, mix):
    """Step to seconds, with what holds it."""
    cores = executors * CORES
    metadata, attributes = PARAMETERS["metadata"][0], PARAMETERS["attributes"][0]
    per = {name: value for name, (value, _, _) in unit.items()}
    return {
        "count ranks": (ROWS / (per["count"] * cores) if mix * 2 < ROWS else 0, "executors' cores"),
        "keep what may be chosen": (ROWS / (per["keep"] * cores), "executors' cores"),
        "look at the chosen": (mix / min(per["look"] * cores, attributes), "metadata server" if per["look"] * cores > attributes else "executors' cores"),
        "seal the plan": (mix / per["seal"], "driver, one stream"),
        "place links": (mix / min(per["place"] * cores, metadata), "metadata server" if per["place"] * cores > metadata else "executors' cores"),
        "record rows by COPY": (mix / per["record"], "driver, one writer; at the same time as placing"),
        "manifest": (mix / per["manifest"], "driver, one stream"),
    }


def total(steps):
    """Recording goes on while files are placed."""
    seconds = {name: value for name, (value, _) in steps.items()}
    together = max(seconds.pop("place links"), seconds.pop("record rows by COPY"))
    return sum(seconds.values()) + together


def posix_table(unit):
    cases = [(executors, MIXES[0]) for executors in EXECUTORS] + [(EXECUTORS[-1], MIXES[1])]
    told = [posix(unit, *case) for case in cases]
    rows = [[name, *(time(steps[name][0]) if steps[name][0] else "not needed" for steps in told)] for name in told[0]]
    rows.append(["**together**", *(f"**{time(total(steps))}**" for steps in told)])
    rows.append(["**bottleneck**", *(bottleneck(steps) for steps in told)])
    return table(["step", *(f"{executors} executor{'s' if executors > 1 else ''}, mix of {mix:,}" for executors, mix in cases)], rows)


def bottleneck(steps):
    name, (_, holder) = max(steps.items(), key=lambda step: step[1][0])
    return f"{name}: {holder}"


def s3_table(unit):
    put, get, latency = (PARAMETERS[name][0] for name in ("put", "get", "latency"))
    rows = []
    for mix in MIXES:
        for prefixes in PREFIXES:
            head, copy = mix / (get * prefixes), mix / (put * prefixes)
            record = mix / unit["record"][0]
            steps = {"CopyObject: requests of a prefix": copy, "HEAD: requests of a prefix": head, "recording: one writer": record}
            rows.append([f"{mix:,}", str(prefixes), time(head), time(copy), f"{put * prefixes * latency:,.0f}", time(record), max(steps, key=steps.get)])
    return table(["mix", "prefixes that S3 has parted", "HEAD of each source", "CopyObject", "copies in flight for it", "record, meanwhile", "bottleneck"], rows)


def cost_table(unit):
    put_price, get_price, page = (PARAMETERS[name][0] / 1_000 for name in ("put_price", "get_price", "page"))
    rows = []
    for what, count, price in [("register: LIST pages", ROWS / (page * 1_000), put_price), *(
            step for mix in MIXES for step in (
                (f"mix of {mix:,}: a HEAD for each source, when it is placed", mix, get_price),
                (f"mix of {mix:,}: a CopyObject for each, in one region", mix, put_price),
                (f"mix of {mix:,}: LIST pages of a verification", mix / (page * 1_000), put_price)))]:
        rows.append([what, f"{count:,.0f}", f"{count * price:,.0f}"])
    return table(["requests", "how many", "US dollars"], rows)


def selection_table(unit, found):
    steps = ("counting", "reading", "cutting", "choosing", "sealing")
    rows = []
    for name, figure in found.items():
        if name.startswith("spark-select"):
            took = [sum(seconds for step, seconds in figure["steps"].items() if step.startswith(which)) for which in steps]
            rows.append([f"{figure['rows']:,}", f"{figure['entries']:,}", str(figure["parts"]), f"{figure['export_bytes'] / 1e9:.2f}", f"{figure['seconds']['median']:.0f}",
                         *(f"{seconds:.0f}" for seconds in took), f"{figure['driver_mb']:,}", f"{figure['executor_mb']:,}"])
    head = ["rows", "chosen", "parts", "GB of the export", "seconds, to the sealed plan", *steps, "driver, most resident MB", "both executors, most resident MB together"]
    return table(head, rows) if rows else ["Not measured on this machine."]


TABLES = {"units": unit_table, "parameters": parameter_table, "passes": passes_table, "posix": posix_table, "s3": s3_table, "cost": cost_table}


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    kept = [Path(argument) for argument in arguments] or sorted((ROOT / "bench/results").glob("*.jsonl"))
    if not kept:
        sys.exit("no results: bench/bench.py NAME --keep bench/results/DATE.jsonl makes some")
    found = figures(kept[-1])
    unit = units(found)
    page = PAGE.read_text(encoding="utf-8")
    blocks = [name for _, name, _ in BLOCK.findall(page)]
    if sorted(blocks) != sorted([*TABLES, "selection"]):
        sys.exit(f"{PAGE} has not one block for each table: {', '.join(sorted(set(blocks) ^ {*TABLES, 'selection'}))}")

    def block(match):
        head, name, end = match.groups()
        lines = selection_table(unit, found) if name == "selection" else TABLES[name](unit)
        return "\n".join([head.rstrip("\n"), *lines, end])

    made = BLOCK.sub(block, page)
    if "--check" in sys.argv:
        sys.exit(f"not what the figures give, run bench/scale.py: {PAGE}" if made != page else 0)
    PAGE.write_text(made, encoding="utf-8")


main()
