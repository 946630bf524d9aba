#!/usr/bin/env python3
"""bench.py NAME …: measures Admix beside the peers in one run, and prints one JSON line per figure.

  whole        1,000,000 of 3,000,000 files, flat and by-source, on SQLite and PostgreSQL, from the command to published, with the limit of each step
  adaptive     the controller of the number of workers beside a sweep of fixed numbers, on ext4 and on ext4 mounted -o dirsync
  copies       copies of large and of small files beside cp
  scan         a folder scanned without rows beside find -printf
  memory       live heap and native memory from 10^5 to 10^7 planned files, and placing with -Xmx128m
  links        place and record 100,000 hard links, beside bare linkat (1 and 2 threads) and the asyncio peer
  plan-files   choose 1,000,000 of 3,000,000 real files with -Xmx256m, then make the mix with the same heap, beside the peers
  plan-rows    choose 1,000,000 of 10,000,000 generated rows with -Xmx256m
  plan-flat    choose 10,000,000 of 10,000,000 generated rows of one base name into one flat folder with -Xmx256m
  export       3,000,000 registered rows exported to Parquet, and what one thread reads of the parts of an export
  spark-select a tenth of 10^6 and of 10^8 generated rows chosen by Spark, driver and two executors in processes of their own (needs SPARK_HOME)
  start        admix --help, admix plan of a small recipe, and a server that is ready
  jmh          the hot loops by JMH: rank, cut, plan file, rows of both databases, one placement
  serve        100,000 of 300,000 through the service on PostgreSQL, from POST to COMPLETED, beside bare linkat
  serve-load   200 clients creating, reading, cancelling while a task of 200,000 files runs, on PostgreSQL and SQLite
  serve-memory live heap of the service while it makes a mix of 100,000 and one of 1,000,000 of 3,000,000 files

Options: --rounds N (5), --scale F (1.0; smaller for a try), --work DIR (where file systems and homes are made; removed at the end),
--keep FILE (adds the lines to a file as well: docs/benchmarks.md is made from the latest one in bench/results).
Run as root it makes a fresh ext4 on a loop device, because creating files just after a mass deletion is ten times slower; otherwise it uses the folder as it is, and says so.
"""
import argparse
import importlib
import sys
import tempfile

from common import ADMIX, machine, run, say

BENCHES = {
    "whole": ("whole", "whole"),
    "adaptive": ("adaptive", "adaptive"),
    "copies": ("copies", "copies"),
    "scan": ("scan", "scan"),
    "memory": ("memory", "memory"),
    "links": ("links", "links"),
    "plan-files": ("plans", "plan_files"),
    "plan-rows": ("plans", "plan_rows"),
    "plan-flat": ("plans", "plan_flat"),
    "export": ("exports", "export"),
    "spark-select": ("spark_select", "spark_select"),
    "start": ("start", "start"),
    "jmh": ("jmh", "jmh"),
    "serve": ("serving", "serve"),
    "serve-memory": ("serving", "serve_memory"),
    "serve-load": ("serving", "serve_load"),
}


class Kept:
    """Standard output that goes to a file as well."""

    def __init__(self, out, path):
        self.out = out
        self.file = open(path, "a", encoding="utf-8")

    def write(self, text):
        self.file.write(text)
        return self.out.write(text)

    def flush(self):
        self.file.flush()
        self.out.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", choices=BENCHES, metavar="NAME")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--work", default=tempfile.gettempdir())
    parser.add_argument("--keep")
    options = parser.parse_args()
    run(ADMIX, "--version")
    if options.keep:
        sys.stdout = Kept(sys.stdout, options.keep)
    say(**machine(), command=" ".join(sys.argv[1:]))
    for name in options.names:
        module, function = BENCHES[name]
        getattr(importlib.import_module(module), function)(options)


main()
