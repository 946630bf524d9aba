"""Reading a folder without rows, beside find -printf of the same folder; both with the folder in the page cache.

The figure that is held against find's is that of one thread, since find has one. The first pass of a fresh JVM stands beside the warm ones: a command makes one pass only.
"""
import os
import re
import statistics
import sys

from common import java, say, seconds_of, summaries
from disk import Disk

WARM = 2


def scan(options):
    files, folders = int(1_000_000 * options.scale), 1000
    with Disk(options.work, 6, files + 100_000) as disk:
        java("Trees", disk / "source", folders, files // folders, 0)
        rates = {"find": [], "first1": [], "scan1": [], "first": [], "scan": []}
        by_find(disk / "source")
        for _ in range(options.rounds):
            rates["find"].append(files / by_find(disk / "source"))
        for name, threads in (("1", 1), ("", os.cpu_count())):
            for _ in range(options.rounds - 1):
                rates["first" + name] += scans(disk / "source", threads, 1, files)
            first, *passes = scans(disk / "source", threads, WARM + options.rounds, files)
            rates["first" + name].append(first)
            rates["scan" + name] = passes[WARM - 1:]
        for _ in range(options.rounds):
            rates["find"].append(files / by_find(disk / "source"))
        median = {name: statistics.median(values) for name, values in rates.items()}
        say(figure="scan", files=files, folders=folders, threads=os.cpu_count(), rounds=options.rounds, **summaries(rates, 0),
            **{f"{name}_to_find": round(median[name] / median["find"], 3) for name in ("first1", "scan1", "first", "scan")})


def scans(folder, threads, passes, files):
    """Files a second of each pass of one JVM."""
    told = java("Scans", folder, threads, passes).stdout
    found = [(int(n), float(s)) for n, s in re.findall(r"files=(\d+) seconds=([\d.]+)", told)]
    if len(found) != passes or any(n != files for n, _ in found):
        sys.exit(f"the scan did not find {files} files:\n{told}")
    return [n / s for n, s in found]


def by_find(folder):
    return seconds_of("sh", "-c", "exec find \"$0\" -printf '%s %T@ %p\\n' >/dev/null", folder)
