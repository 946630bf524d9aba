"""The service: mixes asked for over HTTP, its live heap, and many clients at once."""
import os
import statistics
import sys
import time

import service
from common import build_linkbench, java, peer_rate, run, say, summaries, summary
from disk import Disk


def serve(options):
    files, folders = int(300_000 * options.scale), 300
    with Disk(options.work, 8, 5 * files + 100_000) as disk, service.Postgres(options.work) as postgres:
        linkbench = build_linkbench(disk)
        java("Trees", disk / "source", folders, files // folders, 100)
        with service.Service(disk / "home", postgres.environment, data_root=disk / "mixes", allowed_roots=disk) as served:
            say(figure="serve ready", seconds=summary([served.seconds_to_ready], 2))
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
    say(figure="serve register", files=scan["files"], seconds=summary([time.perf_counter() - begun]))


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
            say(figure=f"serve {layout} first", files=chosen, serve=summary([chosen / seconds]))
            listing = list_of(disk, served, done, layout)
            run(linkbench, listing, disk / f"warm-{layout}", 1, folders)
            continue
        rates["serve"].append(chosen / seconds)
        rates["placing"].append(done["report"]["filesPerSecond"])
        for threads in (1, 2):
            linked = run(linkbench, listing, disk / f"linkat{threads}-{layout}-{number}", threads, folders)
            rates[f"linkat{threads}"].append(peer_rate(linked.stdout))
    say(figure=f"serve {layout}", files=chosen, rounds=options.rounds, **summaries(rates))


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
                say(figure=f"serve memory {count}", files=count, heap="512m", samples=len(live), idle_mb=idle >> 20,
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
