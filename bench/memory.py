"""What the process of a mix holds, from 100,000 to 10,000,000 planned files of one dataset, with a heap of 128 MB.

`live` is the heap's content after a full collection plus native memory: anonymous pages outside of the heap, whoever asked for them
(the JVM, SQLite, the C library). Mapped files, such as libraries and the start-up cache, are the kernel's to drop, and told apart.
"""
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

from common import ADMIX, admix, java, java_home, mix_recipe, say
from disk import Disk

HEAP = "128m"
PAUSE_SECONDS = 1.0
JAVA_HOME = java_home()


def memory(options):
    sizes = [int(n * options.scale) for n in (100_000, 1_000_000, 10_000_000)]
    folders = max(1, sizes[-1] // 1000)
    with Disk(options.work, 48, sizes[-1] + 6 * folders + 100_000) as disk:
        java("Trees", disk / "source", folders, 1000, 0)
        home = disk / "home"
        admix(home, "dataset", "add", "bench", disk / "source")
        compare(disk, home, sizes)


def compare(disk, home, sizes):
    most = {}
    for planned in sizes:
        told = mix(home, mix_recipe(disk, f"mix-{planned}", "by-source", planned))
        most[planned] = told["live_mb"]["most"]
        say(figure="memory", files=planned, **told)
    say(figure="memory growth", files=[sizes[0], sizes[-1]], live_mb=most[sizes[-1]] - most[sizes[0]])


def mix(home, recipe):
    """One mix with samples all the while."""
    env = dict(os.environ, ADMIX_HOME=str(home), ADMIX_JAVA_OPTS=f"-Xmx{HEAP} -XX:NativeMemoryTracking=summary")
    begun = time.perf_counter()
    process = subprocess.Popen([str(ADMIX), "run", "--json", str(recipe)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    samples = []
    while process.poll() is None:
        sample = sampled(process.pid)
        if sample:
            samples.append(dict(sample, at=time.perf_counter() - begun))
        time.sleep(PAUSE_SECONDS)
    _, errors = process.communicate()
    seconds = time.perf_counter() - begun
    if process.returncode != 0:
        sys.exit(f"admix run {recipe} ended with {process.returncode}:\n{errors[-4000:]}")
    worst = max(samples, key=live)
    return {"heap": HEAP, "samples": len(samples), "seconds": round(seconds, 1), "live_mb": megabytes(samples, live),
            "heap_mb": megabytes(samples, lambda s: s["heap"]), "native_mb": megabytes(samples, lambda s: s["native"]),
            "mapped_files_mb": megabytes(samples, lambda s: s["files"]), "resident_mb": megabytes(samples, lambda s: s["resident"]),
            "worst": {"at_second": round(worst["at"], 1), "heap_mb": worst["heap"] >> 20, "native_mb": worst["native"] >> 20,
                      "jvm_mb": worst["jvm"]}}


def live(sample):
    return sample["heap"] + sample["native"]


def megabytes(samples, value):
    values = [value(sample) for sample in samples]
    return {"median": round(statistics.median(values)) >> 20, "most": max(values) >> 20}


def sampled(pid):
    """None when the process ends or has only begun."""
    histogram = jcmd(pid, "GC.class_histogram")
    total = re.search(r"^Total\s+\d+\s+(\d+)", histogram, re.M)
    bounds = re.findall(r"\[0x([0-9a-f]+), 0x[0-9a-f]+, 0x([0-9a-f]+)\)", jcmd(pid, "GC.heap_info"))
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        maps = Path(f"/proc/{pid}/smaps").read_text()
    except OSError:
        return None
    if not total or not bounds or "RssAnon" not in status:
        return None
    low, high = min(int(b[0], 16) for b in bounds), max(int(b[1], 16) for b in bounds)
    anonymous = kilobytes(status, "RssAnon")
    return {"heap": int(total.group(1)), "native": anonymous - in_heap(maps, low, high), "resident": kilobytes(status, "VmRSS"),
            "files": kilobytes(status, "RssFile"), "jvm": categories(jcmd(pid, "VM.native_memory"))}


def in_heap(maps, low, high):
    """Anonymous bytes within the bounds of the heap."""
    held, inside = 0, False
    for line in maps.splitlines():
        head = re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line)
        if head:
            inside = low <= int(head.group(1), 16) < high
        elif inside and line.startswith("Anonymous:"):
            held += int(line.split()[1]) << 10
    return held


def categories(told):
    """Committed megabytes of the JVM's own by category, the heap left out, those below one left out."""
    found = re.findall(r"-\s+([A-Z][\w ]+) \(reserved=\d+KB, committed=(\d+)KB", told)
    return {name: int(size) >> 10 for name, size in found if name != "Java Heap" and int(size) >= 1024}


def kilobytes(status, name):
    return int(re.search(name + r":\s+(\d+)", status).group(1)) << 10


def jcmd(pid, *command):
    return subprocess.run([f"{JAVA_HOME}/bin/jcmd", str(pid), *command], capture_output=True, text=True).stdout
