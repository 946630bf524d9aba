"""Reading a folder without rows, beside find -printf of the same folder."""
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
        rates = {"find": [], "scan1": [], "scan": []}
        by_find(disk / "source")
        for _ in range(options.rounds):
            rates["find"].append(files / by_find(disk / "source"))
        for figure, threads in (("scan1", 1), ("scan", os.cpu_count())):
            told = java("Scans", disk / "source", threads, WARM + options.rounds).stdout
            found = [(int(n), float(s)) for n, s in re.findall(r"files=(\d+) seconds=([\d.]+)", told)]
            if any(n != files for n, _ in found):
                sys.exit(f"the scan did not find {files} files:\n{told}")
            rates[figure] = [n / s for n, s in found[WARM:]]
        for _ in range(options.rounds):
            rates["find"].append(files / by_find(disk / "source"))
        median = {name: statistics.median(values) for name, values in rates.items()}
        say(figure="scan", files=files, folders=folders, threads=os.cpu_count(), rounds=options.rounds, **summaries(rates, 0),
            scan_to_find=round(median["scan"] / median["find"], 3), scan1_to_find=round(median["scan1"] / median["find"], 3))


def by_find(folder):
    return seconds_of("sh", "-c", "exec find \"$0\" -printf '%s %T@ %p\\n' >/dev/null", folder)
