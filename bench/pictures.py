"""Which figures are drawn, and how. A figure that was not measured is a KeyError."""
import svg

WHOLE = [(f"whole {layout} {database}", f"{layout}, {words}")
         for layout in ("flat", "by-source") for database, words in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))]
PHASES = ["start and end", "read", "plan", "place", "manifest", "sync", "publish"]


def split(figure):
    """Seconds of each phase, and what of the wall time is in none."""
    phases = {name: measured["median"] for name, measured in figure["phases"].items() if name != "record"}
    return {"start and end": max(0.0, figure["wall"]["median"] - sum(phases.values())), **phases}


def whole(figures):
    groups = [(words, [("Admix, whole command", figures[name]["files_per_second"], "ours"), ("asyncio, its loop", figures[name]["asyncio"], "peer")])
              for name, words in WHOLE]
    one = figures[WHOLE[0][0]]
    return svg.bars(f"{one['files']:,} of {one['of']:,} files, from the command to published", "files per second", groups,
                    [(35_000, "mark 35,000"), (50_000, "stretch 50,000")])


def whole_split(figures):
    rows = []
    for name, words in WHOLE:
        figure = figures[name]
        limits = figure["limit_seconds"]
        shell = "INSERT by sqlite3" if name.endswith("sqlite") else "COPY by psql"
        rows.append((words, split(figure), [("read", "read by the shell", limits["read"]["median"]), ("place", "bare linkat", limits["place"]["median"]),
                                            ("place", shell, limits["record"]["median"])]))
    return svg.stacks("Where the time goes, and the limit of each step", "seconds", PHASES, rows)


def links(figures):
    groups, figure = [], {}
    for layout, words in (("flat", "one folder"), ("by-source", "300 folders")):
        figure = figures[f"links {layout}"]
        groups.append((f"{layout} ({words})", [
            ("linkat, 1 thread", figure["linkat1"], "limit"), ("linkat, 2 threads", figure["linkat2"], "limit"),
            ("Admix, placing", figure["admix"], "ours"), ("Admix, whole command", figure["command"], "ours"), ("asyncio, its loop", figure["asyncio"], "peer")]))
    return svg.bars(f"{figure['files']:,} hard links of {3 * figure['files']:,} registered files", "files per second", groups)


def start(figures):
    rows = [("--help", "start help", 150), ("small plan", "start plan", 600), ("serve ready", "start serve", 3000)]
    groups = [("", [(f"{words} (mark {mark:,})", figures[name]["milliseconds"], "ours")]) for words, name, mark in rows]
    return svg.bars("Start", "milliseconds", groups)


def named(figures, prefix):
    """Figures of a kind; a KeyError where there is none."""
    found = {name.removeprefix(prefix).strip(): figure for name, figure in figures.items() if name.startswith(prefix + " ")}
    if not found:
        raise KeyError(prefix)
    return found


def adaptive(figures):
    charts = [(name, figure["fixed"], ("found:", figure["settled"])) for name, figure in named(figures, "adaptive").items()]
    return svg.panels("Number of workers: a sweep of fixed ones, and what Admix finds", "workers", "files per second", charts)


COPIES = [("cp -r", "cp", "peer"), ("Admix, placing", "placing", "ours"), ("cp -r and sync -f", "cp_and_sync", "peer"), ("Admix, whole command", "command", "ours")]


def copies(figures):
    groups = [(f"{name}: {figure['files']:,} files, {figure['megabytes']:,} MB", [(words, figure["seconds"][key], kind) for words, key, kind in COPIES])
              for name, figure in named(figures, "copies").items()]
    return svg.bars("Copies, beside cp", "seconds for the same files: less is better", groups)


def memory(figures):
    groups = []
    for name, figure in named(figures, "memory").items():
        if name != "growth":
            rows = [(words, {**figure[key], "least": figure[key]["median"]}, "ours" if key == "live_mb" else "c2")
                    for words, key in (("heap and native", "live_mb"), ("of it heap", "heap_mb"), ("of it native", "native_mb"))]
            groups.append((f"{figure['files']:,} planned files", rows))
    return svg.bars("Memory of a mix in a heap of 128 MB: median, and the most by the thin line", "MB after a full collection", groups)


PICTURES = {"whole": whole, "whole-split": whole_split, "links": links, "copies": copies, "adaptive": adaptive, "memory": memory, "start": start}
