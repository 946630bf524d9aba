"""The whole way of a million files, from the command to the published dataset, beside what the file system and the databases can do."""
import json
import statistics
import sys

from common import PEERS, admix, build_linkbench, java, mix_recipe, peer_rate, run, say, settle, summaries, summary
from databases import Postgresql, Sqlite
from disk import Disk
from links import listing_of
from service import Postgres

FOLDERS = 3_000
LAYOUTS = {"flat": 1, "by-source": FOLDERS}
ASYNCIO_SHARE = 10


def whole(options):
    """1,000,000 of 3,000,000 files, flat and by-source, SQLite and PostgreSQL. Nothing is deleted before the end: creating after a mass deletion is slow."""
    files = int(3_000_000 * options.scale) // FOLDERS * FOLDERS
    chosen = files // 3
    with Disk(options.work, 40, files + 200_000) as disk, Postgres(options.work) as postgres:
        java("Trees", disk / "source", FOLDERS, files // FOLDERS, 0)
        databases = [Sqlite(disk / "home-sqlite"), Postgresql(disk / "home-postgresql", postgres)]
        for database in databases:
            _, seconds, _ = admix(database.home, "dataset", "add", "bench", disk / "source", environment=database.environment)
            say(figure=f"whole register {database.name}", files=files, seconds=summary([seconds]))
        linkbench = build_linkbench(disk)
        listings = {layout: listing_of(disk, databases[0].home, layout, chosen) for layout in LAYOUTS}
        measured = {(layout, database.name): Measured() for layout in LAYOUTS for database in databases}
        limits = {layout: {"linkat1": [], "linkat2": [], "asyncio": []} for layout in LAYOUTS}
        for number in range(options.rounds):
            for layout, folders in LAYOUTS.items():
                peers(disk, linkbench, listings[layout], layout, folders, number, limits[layout])
                for database in databases:
                    mix(disk, database, layout, chosen, number, measured[layout, database.name])
        for layout in LAYOUTS:
            for database in databases:
                told(options, files, chosen, layout, database, measured[layout, database.name], limits[layout])


class Measured:
    """What the rounds of one layout on one database gave."""

    def __init__(self):
        self.wall, self.processor, self.database_processor, self.placing = [], [], [], []
        self.phases, self.read, self.write = {}, [], []

    def add(self, report, wall, processor, database_processor):
        self.wall.append(wall)
        self.processor.append(processor)
        self.database_processor.append(database_processor)
        self.placing.append(report["filesPerSecond"])
        for phase, seconds in report.get("phases", {}).items():
            self.phases.setdefault(phase, []).append(seconds)


def peers(disk, linkbench, listing, layout, folders, number, rates):
    """linkat(2) over the whole list; the asyncio peer over a part of it, which spares it the large folder."""
    for threads in (1, 2):
        settle()
        done = run(linkbench, listing, disk / f"linkat{threads}-{layout}-{number}", threads, folders)
        rates[f"linkat{threads}"].append(peer_rate(done.stdout))
    part = disk / f"part-{layout}"
    lines = listing.read_text(encoding="utf-8").splitlines(keepends=True)
    part.write_text("".join(lines[:len(lines) // ASYNCIO_SHARE]), encoding="utf-8")
    settle()
    done = run(sys.executable, PEERS / "asyncio_links.py", part, disk / f"asyncio-{layout}-{number}", 8)
    rates["asyncio"].append(peer_rate(done.stdout))


def mix(disk, database, layout, chosen, number, measured):
    name = f"mix-{layout}-{database.name}-{number}"
    settle()
    before = database.processor_seconds()
    out, wall, processor = admix(database.home, "run", mix_recipe(disk, name, layout, chosen), "--json", environment=database.environment)
    measured.add(json.loads(out), wall, processor, database.processor_seconds() - before)
    settle()
    measured.read.append(database.seconds_to_read(database.dataset("bench")))
    measured.write.append(database.seconds_to_write(database.dataset(name), disk))


def told(options, files, chosen, layout, database, measured, limits):
    best = max(statistics.median(limits["linkat1"]), statistics.median(limits["linkat2"]))
    say(figure=f"whole {layout} {database.name}", files=chosen, of=files, rounds=options.rounds,
        files_per_second=summary([chosen / wall for wall in measured.wall]), wall=summary(measured.wall, 2), processor=summary(measured.processor, 2),
        database_processor=summary(measured.database_processor, 2), placing=summary(measured.placing), phases=summaries(measured.phases, 2),
        limit_seconds={"read": summary(measured.read, 2), "place": summary([chosen / best], 2), "record": summary(measured.write, 2)}, **summaries(limits))
