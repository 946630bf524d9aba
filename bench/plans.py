"""Plans of millions of files in a heap of 256 MB."""
import json
import shutil
import tempfile
from pathlib import Path

from common import admix, build_linkbench, java, say, summary
from disk import Disk
from links import links_of

HEAP = "256m"


def plan_figure(name, home, folder, total, layout, options):
    recipe = folder / f"{name}.yaml"
    recipe.write_text(f"name: {name}\nseed: 42\ntarget: ./{name}\ntotal: {total}\nlayout: {layout}\n"
                      "sources:\n  - dataset: bench\n    weight: 1\n")
    walls, processor = [], []
    for _ in range(options.rounds):
        plan = folder / f"{name}.jsonl"
        out, seconds, cpu = admix(home, "plan", recipe, "-o", plan, "--json", heap=HEAP)
        walls.append(seconds)
        processor.append(cpu)
        size = plan.stat().st_size
        plan.unlink()
    entries = json.loads(out)["plan"]["entries"]
    say(figure=name, entries=entries, rounds=options.rounds, heap=HEAP, seconds=summary(walls), cpu_seconds=summary(processor), plan_bytes=size)


def plan_files(options):
    files = int(3_000_000 * options.scale)
    with Disk(options.work, 24, files + 100_000) as disk:
        java("Trees", disk / "source", 3000, files // 3000, 0)
        home = disk / "home"
        _, seconds, _ = admix(home, "dataset", "add", "bench", disk / "source")
        say(figure="dataset add", files=files, seconds=summary([seconds]))
        plan_figure("plan-files", home, disk, files // 3, "by-source", options)
        linkbench = build_linkbench(disk)
        links_of(options, disk, home, linkbench, "by-source", files // 3, 3000, rounds=max(1, options.rounds // 3), heap=HEAP)


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


def plan_rows(options):
    plan_generated(options, "many-names", 1_000_000, "by-source", "plan-rows")


def plan_flat(options):
    plan_generated(options, "one-name", 10_000_000, "flat", "plan-flat")
