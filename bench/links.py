"""Hard links placed and recorded by one command, beside bare linkat(2) and the asyncio peer."""
import json
import statistics
import sys

from common import PEERS, admix, build_linkbench, java, mix_recipe, peer_rate, run, say, settle, summaries
from disk import Disk


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


def listing_of(disk, home, layout, chosen, environment=None):
    """The source paths of a mix, in Admix's placing order."""
    plan, listing = disk / f"plan-{layout}.jsonl", disk / f"list-{layout}"
    admix(home, "plan", mix_recipe(disk, f"probe-{layout}", layout, chosen), "-o", plan, environment=environment)
    java("Listing", plan, listing)
    return listing


def links_of(options, disk, home, linkbench, layout, chosen, folders, rounds, heap=None):
    listing = listing_of(disk, home, layout, chosen)
    run(linkbench, listing, disk / f"warm-{layout}", 1, folders)
    rates = {"linkat1": [], "linkat2": [], "asyncio": [], "admix": [], "command": [], "wall": []}
    for number in range(rounds):
        for threads in (1, 2):
            settle()
            done = run(linkbench, listing, disk / f"linkat{threads}-{layout}-{number}", threads, folders)
            rates[f"linkat{threads}"].append(peer_rate(done.stdout))
        name = f"mix-{layout}-{number}"
        settle()
        out, seconds, _ = admix(home, "run", mix_recipe(disk, name, layout, chosen), "--json", heap=heap)
        rates["admix"].append(json.loads(out)["filesPerSecond"])
        rates["wall"].append(seconds)
        rates["command"].append(chosen / seconds)
        settle()
        done = run(sys.executable, PEERS / "asyncio_links.py", listing, disk / f"asyncio-{layout}-{number}", 8)
        rates["asyncio"].append(peer_rate(done.stdout))
    best = max(statistics.median(rates["linkat1"]), statistics.median(rates["linkat2"]))
    say(figure=f"links {layout}", files=chosen, rounds=rounds, **summaries(rates),
        placing_to_linkat=round(statistics.median(rates["admix"]) / best, 3),
        command_to_asyncio=round(statistics.median(rates["command"]) / statistics.median(rates["asyncio"]), 2))
