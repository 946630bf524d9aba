"""Copies beside cp: few large files and many small ones, onto the file system of the sources and onto another one.

A round is cp -r and sync -f of what it wrote, then a mix by `link: [copy]`; the sources lie in the page cache. Two rates of Admix stand beside cp's: that of
*placing* (copy, checks, rows and receipts) beside cp alone, which syncs nothing either, and that of the *whole command* (Java's start, plan, placing, manifest,
sync, publish) beside cp with the sync. Processor time is of the whole command, and of cp alone.
"""
import json
import random
import resource
import statistics
import subprocess
import time

from common import admix, run, say, seconds_of, settle, summaries
from disk import Disk

MEGABYTE = 1 << 20


def large_files(folder, files, size):
    folder.mkdir()
    block = random.Random(42).randbytes(MEGABYTE)
    for number in range(files):
        with open(folder / f"large-{number:05d}.bin", "wb") as out:
            for _ in range(size // MEGABYTE):
                out.write(block)


def small_files(folder, folders, files):
    random_size = random.Random(42)
    block = random_size.randbytes(16 << 10)
    for number in range(folders):
        below = folder / f"folder-{number:05d}"
        below.mkdir(parents=True)
        for file in range(files):
            (below / f"file-{number:05d}-{file:07d}.bin").write_bytes(block[: random_size.randrange(4 << 10, 16 << 10)])


def timed(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([str(c) for c in command], check=True)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(options, figure, home, source, target):
    sizes = [path.stat().st_size for path in source.rglob("*") if path.is_file()]
    files, megabytes = len(sizes), sum(sizes) / MEGABYTE
    run("sh", "-c", 'find "$0" -type f -exec cat {} + >/dev/null', source)
    seconds = {"cp": [], "cp_and_sync": [], "placing": [], "command": []}
    cpu = {"cp": [], "command": []}
    for number in range(options.rounds):
        settle()
        wall, used = timed("cp", "-r", source, target / f"cp-{source.name}-{number}")
        seconds["cp"].append(wall)
        cpu["cp"].append(used)
        seconds["cp_and_sync"].append(wall + seconds_of("sync", "-f", target))
        recipe = copy_recipe(home.parent, f"mix-{source.name}-{number}", source, target)
        settle()
        out, wall, used = admix(home, "run", recipe, "--json")
        seconds["placing"].append(files / json.loads(out)["filesPerSecond"])
        seconds["command"].append(wall)
        cpu["command"].append(used)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    say(figure=figure, files=files, megabytes=round(megabytes), rounds=options.rounds, seconds=summaries(seconds, 2), cpu_seconds=summaries(cpu, 2),
        files_per_second={name: round(files / value) for name, value in medians.items()},
        megabytes_per_second={name: round(megabytes / value) for name, value in medians.items()},
        placing_to_cp=round(medians["cp"] / medians["placing"], 2),
        command_to_cp_and_sync=round(medians["cp_and_sync"] / medians["command"], 2))


def copy_recipe(folder, name, source, target):
    path = folder / f"{name}.yaml"
    path.write_text(f"name: {name}\nseed: 42\ntarget: {target / name}\nlayout: by-source\nlink: [copy]\nsources:\n  - path: {source}\n    weight: 1\n")
    return path


def copies(options):
    large, small = max(2, int(20 * options.scale)), max(10, int(166 * options.scale))
    room = 4 + (1 + 2 * options.rounds) * (large // 10 + 1)
    with Disk(options.work, room, 200_000 * (1 + options.rounds)) as disk, Disk(options.work, room, 200_000 * options.rounds) as other:
        large_files(disk / "large", large, 100 * MEGABYTE)
        small_files(disk / "small", 300, small)
        for figure, target in (("same mount", disk), ("two mounts", other)):
            for source in (disk / "large", disk / "small"):
                compare(options, f"copies {source.name}, {figure}", disk / "home", source, target)
