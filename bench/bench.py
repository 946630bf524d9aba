#!/usr/bin/env python3
"""bench.py NAME …: measures Admix beside the peers in one run, and prints one JSON line per figure.

  links        place and record 100,000 hard links, beside bare linkat (1 and 2 threads) and the asyncio peer
  plan-files   choose 1,000,000 of 3,000,000 real files with -Xmx256m, then make the mix with the same heap, beside the peers
  plan-rows    choose 1,000,000 of 10,000,000 generated rows with -Xmx256m
  plan-flat    choose 10,000,000 of 10,000,000 generated rows of one base name into one flat folder with -Xmx256m
  start        admix --help
  serve        100,000 of 300,000 through the service on PostgreSQL, from POST to COMPLETED, beside bare linkat
  serve-load   200 clients creating, reading, cancelling while a task of 200,000 files runs, on PostgreSQL and SQLite
  serve-memory live heap of the service while it makes a mix of 100,000 and one of 1,000,000 of 3,000,000 files

Options: --rounds N (5), --scale F (1.0; smaller for a try), --work DIR (where file systems and homes are made; removed at the end).
Run as root it makes a fresh ext4 on a loop device, because creating files just after a mass deletion is ten times slower; otherwise it uses the folder as it is, and says so.
"""
import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import service

ROOT = Path(__file__).resolve().parent.parent
ADMIX = ROOT / "admix"


def run(*command, check=True, **more):
    return subprocess.run([str(c) for c in command], check=check, text=True, capture_output=True, **more)


def java(main, *args, **more):
    """Runs a source file of the bench module over the libraries that the launcher built."""
    application = ROOT / "cli/target/app"
    libraries = application / (application / "current").read_text().strip()
    java_home = run("sh", "-c", '. "$0/scripts/find-jdk.sh" && find_jdk && echo "$JAVA_HOME"', ROOT).stdout.strip()
    return run(f"{java_home}/bin/java", "--enable-native-access=ALL-UNNAMED", "-cp", f"{libraries}/*",
               ROOT / f"bench/src/main/java/io/admix/bench/{main}.java", *args, **more)


def admix(home, *args, heap=None):
    env = dict(os.environ, ADMIX_HOME=str(home))
    if heap:
        env["ADMIX_JAVA_OPTS"] = f"-Xmx{heap}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run([str(ADMIX), *map(str, args)], text=True, capture_output=True, env=env)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 4):
        sys.exit(f"admix {' '.join(map(str, args))} ended with {done.returncode}:\n{done.stderr[-4000:]}")
    return done.stdout, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Disk:
    """A fresh ext4 on a loop device where we are root, else a folder."""

    def __init__(self, work, gigabytes, inodes):
        self.folder = Path(tempfile.mkdtemp(prefix="admix-bench-", dir=work))
        self.image = None
        if os.geteuid() == 0:
            self.image = self.folder / "disk.img"
            run("truncate", "-s", f"{gigabytes}G", self.image)
            run("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", "-N", inodes, self.image)
            self.path = self.folder / "disk"
            self.path.mkdir()
            run("mount", "-o", "loop,noatime", self.image, self.path)
        else:
            print("not root: measured on the folder's own file system", file=sys.stderr)
            self.path = self.folder

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        if self.image:
            run("umount", self.path)
        shutil.rmtree(self.folder)


def peer_rate(output):
    return float(output.rsplit("files_per_second=", 1)[1].split()[0])


def say(**figure):
    print(json.dumps(figure), flush=True)


def summary(values):
    return {"median": round(statistics.median(values), 1), "least": round(min(values), 1), "most": round(max(values), 1)}


def build_linkbench(folder):
    linkbench = folder / "linkbench"
    run("cc", "-O2", "-pthread", ROOT / "bench/peers/linkbench.c", "-o", linkbench)
    return linkbench


def links(options):
    files, folders = int(300_000 * options.scale), 300
    chosen = files // 3
    with Disk(options.work, 6, files + 200_000) as disk:
        linkbench = build_linkbench(disk)
        java("Trees", disk / "source", folders, files // folders, 100)
        home = disk / "home"
        admix(home, "dataset", "add", "bench", disk / "source")
        for layout in ("flat", "by-source"):
            links_of(options, disk, home, linkbench, layout, chosen, 1 if layout == "flat" else folders, options.rounds)


def links_of(options, disk, home, linkbench, layout, chosen, folders, rounds, heap=None):
    def recipe(name):
        path = disk / f"{name}.yaml"
        path.write_text(f"name: {name}\nseed: 42\ntarget: ./{name}\nlayout: {layout}\nlink: [hardlink]\n"
                        f"sources:\n  - dataset: bench\n    count: {chosen}\n")
        return path

    plan, listing = disk / f"plan-{layout}.jsonl", disk / f"list-{layout}"
    admix(home, "plan", recipe(f"probe-{layout}"), "-o", plan)
    java("Listing", plan, listing)
    run(linkbench, listing, disk / f"warm-{layout}", 1, folders)
    rates = {"linkat1": [], "linkat2": [], "asyncio": [], "admix": [], "command": [], "wall": []}
    for number in range(rounds):
        for threads in (1, 2):
            done = run(linkbench, listing, disk / f"linkat{threads}-{layout}-{number}", threads, folders)
            rates[f"linkat{threads}"].append(peer_rate(done.stdout))
        name = f"mix-{layout}-{number}"
        out, seconds, _ = admix(home, "run", recipe(name), "--json", heap=heap)
        rates["admix"].append(json.loads(out)["filesPerSecond"])
        rates["wall"].append(seconds)
        rates["command"].append(chosen / seconds)
        done = run(sys.executable, ROOT / "bench/peers/asyncio_links.py", listing, disk / f"asyncio-{layout}-{number}", 8)
        rates["asyncio"].append(peer_rate(done.stdout))
    best = max(statistics.median(rates["linkat1"]), statistics.median(rates["linkat2"]))
    say(figure=f"links {layout}", files=chosen, rounds=rounds, **{k: summary(v) for k, v in rates.items()},
        placing_to_linkat=round(statistics.median(rates["admix"]) / best, 3),
        command_to_asyncio=round(statistics.median(rates["command"]) / statistics.median(rates["asyncio"]), 2))


def plan_figure(name, home, folder, total, layout, options):
    recipe = folder / f"{name}.yaml"
    recipe.write_text(f"name: {name}\nseed: 42\ntarget: ./{name}\ntotal: {total}\nlayout: {layout}\n"
                      "sources:\n  - dataset: bench\n    weight: 1\n")
    walls = []
    for _ in range(options.rounds):
        plan = folder / f"{name}.jsonl"
        out, seconds, cpu = admix(home, "plan", recipe, "-o", plan, "--json", heap="256m")
        walls.append(seconds)
        size = plan.stat().st_size
        plan.unlink()
    entries = json.loads(out)["plan"]["entries"]
    say(figure=name, entries=entries, heap="256m", seconds=summary(walls), cpu_seconds=round(cpu, 1), plan_bytes=size)


def plan_files(options):
    files = int(3_000_000 * options.scale)
    with Disk(options.work, 24, files + 100_000) as disk:
        java("Trees", disk / "source", 3000, files // 3000, 0)
        home = disk / "home"
        _, seconds, _ = admix(home, "dataset", "add", "bench", disk / "source")
        say(figure="dataset add", files=files, seconds=round(seconds, 1))
        plan_figure("plan-files", home, disk, files // 3, "by-source", options)
        linkbench = build_linkbench(disk)
        links_of(options, disk, home, linkbench, "by-source", files // 3, 3000, rounds=max(1, options.rounds // 3), heap="256m")


def plan_generated(options, names, chosen, layout, figure):
    rows = int(10_000_000 * options.scale)
    folder = Path(tempfile.mkdtemp(prefix="admix-bench-", dir=options.work))
    try:
        home = folder / "home"
        home.mkdir()
        java("Rows", home, "bench", rows, names)
        plan_figure(figure, home, folder, int(chosen * options.scale), layout, options)
    finally:
        shutil.rmtree(folder)


def start(options):
    with tempfile.TemporaryDirectory(dir=options.work) as home:
        admix(home, "--help")
        walls = [admix(home, "--help")[1] * 1000 for _ in range(4 * options.rounds)]
    say(figure="start", milliseconds=summary(walls))


def serve(options):
    files, folders = int(300_000 * options.scale), 300
    with Disk(options.work, 8, 5 * files + 100_000) as disk, service.Postgres(options.work) as postgres:
        linkbench = build_linkbench(disk)
        java("Trees", disk / "source", folders, files // folders, 100)
        with service.Service(disk / "home", postgres.environment, data_root=disk / "mixes", allowed_roots=disk) as served:
            say(figure="serve ready", seconds=round(served.seconds_to_ready, 2))
            register(served, disk / "source")
            for layout in ("flat", "by-source"):
                serve_layout(options, disk, served, linkbench, layout, files // 3, 1 if layout == "flat" else folders)


def register(served, folder, name="bench"):
    begun = time.perf_counter()
    scan = served.ask("POST", "/api/v1/datasets", {"name": name, "path": str(folder)})
    while scan["state"] == "RUNNING":
        time.sleep(0.1)
        scan = served.ask("GET", f"/api/v1/scans/{scan['id']}")
    if scan["state"] != "DONE":
        sys.exit(f"registering ended {scan}")
    say(figure="register", files=scan["files"], seconds=round(time.perf_counter() - begun, 1))


def serve_layout(options, disk, served, linkbench, layout, chosen, folders):
    """The same mix again and again in one server, beside bare linkat over the files of its plan."""
    def mix(name):
        return {"name": name, "seed": 42, "layout": layout, "link": ["hardlink"], "sources": [{"dataset": "bench", "count": chosen}]}

    rates = {"linkat1": [], "linkat2": [], "serve": [], "placing": []}
    for number in range(options.rounds + 1):
        begun = time.perf_counter()
        task = served.ask("POST", "/api/v1/tasks", mix(f"mix-{layout}-{number}"))
        done = served.await_task(task["id"])
        seconds = time.perf_counter() - begun
        if number == 0:
            say(figure=f"serve {layout}, first mix of the server", files=chosen, files_per_second=round(chosen / seconds))
            listing = list_of(disk, served, done, layout)
            run(linkbench, listing, disk / f"warm-{layout}", 1, folders)
            continue
        rates["serve"].append(chosen / seconds)
        rates["placing"].append(done["report"]["filesPerSecond"])
        for threads in (1, 2):
            linked = run(linkbench, listing, disk / f"linkat{threads}-{layout}-{number}", threads, folders)
            rates[f"linkat{threads}"].append(peer_rate(linked.stdout))
    say(figure=f"serve {layout}", files=chosen, rounds=options.rounds, **{k: summary(v) for k, v in rates.items()})


def list_of(disk, served, task, layout):
    """The source paths of a published mix, in the order of its plan."""
    plan = disk / "home" / "state" / task["id"] / "plan.jsonl"
    listing = disk / f"list-{layout}"
    java("Listing", plan, listing)
    return listing


def serve_memory(options):
    """Live heap after a full collection, asked for again and again while one mix is made, in a fresh server for each size."""
    chosen = [int(100_000 * options.scale), int(1_000_000 * options.scale)]
    with Disk(options.work, 24, 6 * chosen[1] + 100_000) as disk, service.Postgres(options.work) as postgres:
        java("Trees", disk / "source", 3000, 3 * chosen[1] // 3000, 0)
        for count in chosen:
            with service.Service(disk / "home", postgres.environment, heap="512m", data_root=disk / "mixes", allowed_roots=disk) as served:
                if count == chosen[0]:
                    register(served, disk / "source")
                idle = served.live_bytes()
                task = served.ask("POST", "/api/v1/tasks", {
                    "name": f"mix-{count}", "seed": 42, "link": ["hardlink"], "sources": [{"dataset": "bench", "count": count}]})
                live = []
                while served.ask("GET", f"/api/v1/tasks/{task['id']}")["status"] in ("PENDING", "RUNNING"):
                    live.append(served.live_bytes())
                    time.sleep(0.2)
                served.await_task(task["id"])
                say(figure="serve memory", files=count, heap="512m", samples=len(live), idle_mb=idle >> 20,
                    live_mb={"median": round(statistics.median(live)) >> 20, "most": max(live) >> 20},
                    resident_mb_most=served.resident_bytes(most=True) >> 20)


def serve_load(options):
    """200 clients that create, read, cancel and delete small mixes while one of 200,000 files is made, on either database."""
    files = int(300_000 * options.scale)
    with Disk(options.work, 8, 6 * files + 400_000) as disk, service.Postgres(options.work) as postgres:
        java("Trees", disk / "source", 300, files // 300, 100)
        java("Trees", disk / "small", 1, 20, 100)
        for database, environment in (("PostgreSQL", postgres.environment), ("SQLite", {})):
            with service.Service(disk / f"home-{database}", environment, data_root=disk / f"mixes-{database}", allowed_roots=disk) as served:
                register(served, disk / "source")
                register(served, disk / "small", "small")
                task = served.ask("POST", "/api/v1/tasks", {
                    "name": "large", "seed": 42, "link": ["hardlink"], "sources": [{"dataset": "bench", "count": files // 3 * 2}]})
                told = java("Clients", f"http://127.0.0.1:{served.port}", 200, task["id"], "small", check=False,
                            env=dict(os.environ, ADMIX_TOKEN=served.token))
                if told.returncode != 0:
                    sys.exit(f"clients on {database}:\n{told.stdout}{told.stderr}")
                done = served.await_task(task["id"])
                say(figure=f"serve load {database}", clients=200, files=files // 3 * 2, told=told.stdout.splitlines(),
                    placing=round(done["report"]["filesPerSecond"]))


BENCHES = {
    "links": links,
    "plan-files": plan_files,
    "plan-rows": lambda o: plan_generated(o, "many-names", 1_000_000, "by-source", "plan-rows"),
    "plan-flat": lambda o: plan_generated(o, "one-name", 10_000_000, "flat", "plan-flat"),
    "start": start,
    "serve": serve,
    "serve-memory": serve_memory,
    "serve-load": serve_load,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", choices=BENCHES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--work", default=tempfile.gettempdir())
    options = parser.parse_args()
    run(ADMIX, "--version")
    say(machine=platform.platform(), cpus=os.cpu_count(), time=time.strftime("%Y-%m-%d %H:%M"))
    for name in options.names:
        BENCHES[name](options)


main()
