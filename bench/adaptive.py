"""The number of workers that Admix finds, beside a sweep of fixed ones."""
import os
import statistics
import sys

from common import admix, java, mixed, run, say, settle
from disk import Disk

FOLDERS = 256
SWEEP = (1, 2, 4, 8, 16, 32, 64, 128)

# The formula's bound is four workers for each processor: here the whole sweep is to be reachable.
FOLLOWING = ("-c", "admix.copy.cpu-factor=1000", "-c", "admix.copy.min-concurrency=1")
FIXED = ("-c", "admix.copy.adaptive=false", "-c", "admix.copy.dynamic=false")


class Case:
    """One kind of work, by-source, on one kind of file system. Sweep points have so many files that each takes some seconds.

    There is none of a flat mix: links into one folder of a local file system are made by one worker at a time, whatever number is asked for.
    """

    def __init__(self, name, mount, link, bytes_per_file, files, per_worker, most):
        self.name, self.mount, self.link = name, mount, link
        self.bytes_per_file, self.files, self.per_worker, self.most = bytes_per_file, files, per_worker, most

    def scaled(self, scale):
        files, most = (max(FOLDERS, int(number * scale)) for number in (self.files, self.most))
        return Case(self.name, self.mount, self.link, self.bytes_per_file, files, int(self.per_worker * scale), most)

    def files_of(self, workers):
        return min(self.most, self.files + self.per_worker * workers)


CASES = {
    "links": Case("links by-source, ext4", "", "hardlink", 100, 150_000, 0, 150_000),
    "links-dirsync": Case("links by-source, ext4 -o dirsync", ",dirsync", "hardlink", 100, 3_000, 1_500, 48_000),
    "copies": Case("copies by-source, ext4", "", "copy", 100_000, 20_000, 0, 20_000),
    "copies-dirsync": Case("copies by-source, ext4 -o dirsync", ",dirsync", "copy", 10_000, 2_000, 600, 20_000),
}


def mix(disk, home, case, name, count, *settings):
    """Files a second while placing and recording, the seconds of it, and the report's words about workers. The mix stays: creating after a deletion is slow."""
    recipe = home / f"{name}.yaml"
    recipe.write_text(f"name: {name}\nseed: 42\ntarget: {disk}/{name}\nlayout: by-source\nlink: [{case.link}]\n"
                      f"sources:\n  - dataset: bench\n    count: {count}\n")
    settle()
    report, _, _ = mixed(home, recipe, count, case.link, *settings)
    return report["filesPerSecond"], report["seconds"], report["concurrency"]


def sweep(options, case):
    files = 4 * case.most if case.mount else case.most + FOLDERS
    gigabytes = 4 + (len(SWEEP) + 4) * case.most * case.bytes_per_file // 2**30
    with Disk(options.work, 2, 100_000) as home, Disk(options.work, gigabytes, 30 * case.most + 300_000) as disk:
        java("Trees", disk / "source", FOLDERS, files // FOLDERS, case.bytes_per_file)
        admix(home, "dataset", "add", "bench", disk / "source")
        if case.mount and os.geteuid() == 0:
            remount(disk, case.mount)
        mix(disk, home, case, "warm", case.files_of(1) // 4, *FOLLOWING)
        fixed = {workers: mix(disk, home, case, f"fixed-{workers}", case.files_of(workers), *FIXED,
                              "-c", f"admix.copy.fixed-concurrency={workers}")[0] for workers in SWEEP}
        best = max(fixed, key=fixed.get)
        found(disk, home, case, options, fixed, best)


def found(disk, home, case, options, fixed, best):
    """A short mix, and where names wait a long one too: what the long one needs more is without the search."""
    count = case.files_of(max(SWEEP))
    following, settled, words = [], [], []
    for number in range(max(1, options.rounds // 3)):
        short = mix(disk, home, case, f"short-{number}", count, *FOLLOWING)
        long = mix(disk, home, case, f"long-{number}", 3 * count, *FOLLOWING) if case.mount else short
        following.append(long[0])
        words.append(long[2].split(";")[0])
        # Three times the files in hardly more seconds: the machine had other work meanwhile, and the difference means nothing.
        if long[1] - short[1] > short[1] / 4:
            settled.append(2 * count / (long[1] - short[1]))
    again = mix(disk, home, case, "again", case.files_of(best), *FIXED, "-c", f"admix.copy.fixed-concurrency={best}")[0]
    reference = statistics.mean((fixed[best], again))
    say(figure=f"adaptive {case.name}", fixed={str(workers): round(rate) for workers, rate in fixed.items()}, best=best,
        best_again=round(again), adaptive=round(statistics.median(following)),
        adaptive_to_best=round(statistics.median(following) / reference, 3),
        settled=round(statistics.median(settled)) if settled else None,
        settled_to_best=round(statistics.median(settled) / reference, 3) if settled else None, found=words)


def remount(disk, options):
    source = run("findmnt", "-n", "-o", "SOURCE", disk).stdout.strip()
    image = run("losetup", "-n", "-O", "BACK-FILE", source).stdout.strip()
    run("umount", disk)
    run("mount", "-o", "loop,noatime" + options, image, disk)


def adaptive(options):
    names = os.environ.get("ADMIX_BENCH_CASES", " ".join(CASES)).split()
    for name in names:
        if name not in CASES:
            sys.exit(f"no such case: {name}; there are: {' '.join(CASES)}")
        sweep(options, CASES[name].scaled(options.scale))
