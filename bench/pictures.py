"""Which figures are drawn, and how. A plot of which nothing was measured is None; one of several figures shows those that were."""
import svg

WHOLE = [(f"whole {layout} {database}", f"{layout}, {words}")
         for layout in ("flat", "by-source") for database, words in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))]
PHASES = ["start and end", "read", "plan", "place", "manifest", "sync", "publish"]


def split(figure):
    """Seconds of each phase, and what of the wall time is in none."""
    phases = {name: measured["median"] for name, measured in figure["phases"].items() if name != "record"}
    return {"start and end": max(0.0, figure["wall"]["median"] - sum(phases.values())), **phases}


def there(figures, names):
    """Of pairs of figure and words those that were measured: figure itself and words."""
    return [(figures[name], words) for name, words in names if name in figures]


def whole(figures):
    found = there(figures, WHOLE)
    if not found:
        return None
    groups = [(words, [("Admix, whole command", figure["files_per_second"], "ours"), ("asyncio, its loop", figure["asyncio"], "peer")]) for figure, words in found]
    one = found[0][0]
    return svg.bars(f"{one['files']:,} of {one['of']:,} files, from the command to published", "files per second", groups,
                    [(35_000, "mark 35,000"), (50_000, "stretch 50,000")])


def whole_split(figures):
    rows = []
    for figure, words in there(figures, WHOLE):
        limits = figure["limit_seconds"]
        shell = "INSERT by sqlite3" if words.endswith("SQLite") else "COPY by psql"
        rows.append((words, split(figure), [("read", "read by the shell", limits["read"]["median"]), ("place", "bare linkat", limits["place"]["median"]),
                                            ("place", shell, limits["record"]["median"])]))
    return svg.stacks("Where the time goes, and the limit of each step", "seconds", PHASES, rows) if rows else None


def links(figures):
    found = there(figures, [("links flat", "flat (one folder)"), ("links by-source", "by-source (300 folders)")])
    if not found:
        return None
    groups = []
    for figure, words in found:
        groups.append((words, [
            ("linkat, 1 thread", figure["linkat1"], "limit"), ("linkat, 2 threads", figure["linkat2"], "limit"),
            ("Admix, placing", figure["admix"], "ours"), ("Admix, whole command", figure["command"], "ours"), ("asyncio, its loop", figure["asyncio"], "peer")]))
    files = found[0][0]["files"]
    return svg.bars(f"{files:,} hard links of {3 * files:,} registered files", "files per second", groups)


def start(figures):
    found = there(figures, [("start help", "--help (mark 150)"), ("start plan", "small plan (mark 600)"), ("start serve", "serve ready (mark 3,000)")])
    return svg.bars("Start", "milliseconds", [("", [(words, figure["milliseconds"], "ours")]) for figure, words in found]) if found else None


def named(figures, prefix):
    """Figures of a kind, by what distinguishes them."""
    return {name.removeprefix(prefix).strip(): figure for name, figure in figures.items() if name.startswith(prefix + " ")}


def adaptive(figures):
    charts = [(name, figure["fixed"], ("found:", figure["settled"] or figure["adaptive"])) for name, figure in named(figures, "adaptive").items()]
    return svg.panels("Number of workers: a sweep of fixed ones, and what Admix finds", "workers", "files per second", charts) if charts else None


COPIES = [("cp -r", "cp", "peer"), ("Admix, placing alone", "placing", "ours"), ("Admix, read, plan, place", "working", "ours"),
          ("cp -r and sync -f", "cp_and_sync", "peer"), ("Admix, whole command", "command", "ours")]


def copies(figures):
    groups = [(f"{name}: {figure['files']:,} files, {figure['megabytes']:,} MB", [(words, figure["seconds"][key], kind) for words, key, kind in COPIES])
              for name, figure in named(figures, "copies").items()]
    return svg.bars("Copies, beside cp", "seconds for the same files: less is better", groups) if groups else None


def scan(figures):
    figure = figures.get("scan")
    if not figure:
        return None
    return svg.bars(f"Reading a folder of {figure['files']:,} files", "files per second", [("", [
        ("find -printf", figure["find"], "peer"), ("Admix, 1 thread", figure["scan1"], "ours"), ("its first pass", figure["first1"], "ours"),
        (f"Admix, {figure['threads']} threads", figure["scan"], "ours"), ("its first pass", figure["first"], "ours")])])


def memory(figures):
    groups = []
    for name, figure in named(figures, "memory").items():
        if name != "growth":
            rows = [(words, {**figure[key], "least": figure[key]["median"]}, "ours" if key == "live_mb" else "c2")
                    for words, key in (("heap and native", "live_mb"), ("of it heap", "heap_mb"), ("of it native", "native_mb"))]
            groups.append((f"{figure['files']:,} planned files", rows))
    return svg.bars("Memory of a mix in a heap of 128 MB: median, and the most by the thin line", "MB after a full collection", groups) if groups else None


PICTURES = {"whole": whole, "whole-split": whole_split, "links": links, "copies": copies, "adaptive": adaptive, "scan": scan, "memory": memory, "start": start}
