"""Tables of docs/benchmarks.md out of figures; what was not measured is told as that."""
import re

from pictures import COPIES, PHASES, WHOLE, named, split

NOT_MEASURED = "Not measured on this machine."


def cell(measured, digits=0):
    """Median, and least and most where there are several."""
    if not isinstance(measured, dict):
        return f"{measured:,}" if isinstance(measured, (int, float)) else str(measured)
    median, least, most = (f"{measured[key]:,.{digits}f}" for key in ("median", "least", "most"))
    return median if least == most else f"{median} ({least}–{most})"


def table(head, rows):
    if not rows:
        return [NOT_MEASURED]
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)] + ["| " + " | ".join(row) + " |" for row in rows]


def machine(figures):
    told = [figure["on"] for figure in figures.values() if figure["on"]]
    if not told:
        return [NOT_MEASURED]
    on, times = told[-1], [line["time"] for line in told]
    commits = ", ".join(dict.fromkeys(line["commit"] for line in told))
    return [f"Machine: {on['cpus']} virtual CPUs, {on['memory_gib']} GiB, {on['machine']}, {on['java']}; {min(times)} to {max(times)}, sources at {commits}."]


def whole(figures):
    rows = []
    for name, words in WHOLE:
        if name in figures:
            figure = figures[name]
            rows.append([words, f"**{cell(figure['files_per_second'])}**", cell(figure["wall"], 1), cell(figure["processor"], 1), cell(figure["database_processor"], 1),
                         cell(figure["placing"]), cell(figure["asyncio"]), f"{figure['files_per_second']['median'] / figure['asyncio']['median']:.1f}"])
    return table(["", "files/s, command to published", "seconds", "processor seconds", "of the database", "placing and recording, files/s", "asyncio's loop, files/s",
                  "whole command to asyncio's loop"], rows)


def whole_split(figures):
    rows = []
    for name, words in WHOLE:
        if name in figures and figures[name]["phases"]:
            figure = figures[name]
            seconds = split(figure)
            rows.append([words, *(f"{seconds.get(phase, 0):.1f}" for phase in PHASES), f"{figure['phases'].get('record', {'median': 0})['median']:.1f}"])
    return table(["seconds", *PHASES, "recording, within place"], rows)


def whole_limits(figures):
    rows = []
    for name, words in WHOLE:
        if name in figures:
            figure = figures[name]
            phases, limits = figure["phases"], figure["limit_seconds"]
            best = max(figure["linkat1"]["median"], figure["linkat2"]["median"])
            read, record = (f"{phases[key]['median']:.1f}" if key in phases else "?" for key in ("read", "record"))
            rows.append([words, f"{read} / {cell(limits['read'], 1)}", cell(figure["linkat1"]), cell(figure["linkat2"]),
                         f"{100 * figure['placing']['median'] / best:.0f} %", f"{record} / {cell(limits['record'], 1)}"])
    return table(["", "reading the rows, seconds: Admix / the shell", "bare linkat, 1 thread, files/s", "2 threads", "placing to the better",
                  "recording, seconds busy: Admix / the shell"], rows)


def links(figures):
    rows = []
    for name in ("links flat", "links by-source", "plan-files links"):
        figure = figures.get(name)
        if figure:
            rows.append([figure["layout"], f"{figure['files']:,}", cell(figure["linkat1"]), cell(figure["linkat2"]), cell(figure["asyncio"]), cell(figure["admix"]),
                         f"**{100 * figure['placing_to_linkat']:.0f} %**", f"{cell(figure['command'])} ({figure['wall']['median']:.1f} s)", f"**{figure['command_to_asyncio']:.1f}**"])
    return table(["layout", "files", "bare linkat, 1 thread, files/s", "2 threads", "asyncio", "Admix placing and recording", "of best linkat", "whole command", "to asyncio's loop"], rows)


def plans(figures):
    what = {"plan-files": "real files, by-source, each chosen one looked at", "plan-rows": "generated rows, by-source",
            "plan-flat": "generated rows of one base name, into one flat folder"}
    rows = [[words, f"{figures[name]['entries']:,}", cell(figures[name]["seconds"], 1), cell(figures[name]["cpu_seconds"], 1), f"{figures[name]['plan_bytes'] / figures[name]['entries']:.0f}"]
            for name, words in what.items() if name in figures]
    return table(["chosen among", "entries", "seconds", "processor seconds", "bytes of plan for each entry"], rows)


def exports(figures):
    rows = []
    for figure in (figures[name] for name in ("export sqlite",) if name in figures):
        rows.append([f"`admix dataset export` of {figure['rows']:,} rows of SQLite, `-Xmx{figure['heap']}`", f"{figure['rows'] / figure['seconds']['median']:,.0f}",
                     f"{figure['bytes'] / figure['rows']:.0f}"])
    for figure in (figures[name] for name in ("part reading",) if name in figures):
        size = f"{figure['bytes'] / figure['rows']:.0f}"
        rows.append(["one thread, warm: rows of parts read", cell(figure["read_per_second"]), size])
        rows.append(["the same, ranked and counted", cell(figure["rank_per_second"]), size])
        rows.append(["the same, filtered by a label that a fifth of the tagged have", cell(figure["tags_per_second"]), size])
    return table(["what", "rows/s", "bytes of a row"], rows)


def start(figures):
    what = {"start help": ("`admix --help`", 150), "start plan": ("`admix plan` of 100 of 400 files", 600), "start serve": ("`admix serve` ready, SQLite", 3000)}
    return table(["what", "milliseconds", "mark", "starts"],
                 [[words, cell(figures[name]["milliseconds"]), f"{mark:,}", str(figures[name]["starts"])] for name, (words, mark) in what.items() if name in figures])


def serve(figures):
    rows = []
    for layout in ("flat", "by-source"):
        figure, first = figures.get(f"serve {layout}"), figures.get(f"serve {layout} first")
        if figure:
            rows.append([layout, cell(figure["linkat1"]), cell(figure["linkat2"]), cell(figure["placing"]), f"**{cell(figure['serve'])}**", cell(first["serve"]) if first else ""])
    return table(["layout", "bare linkat, 1 thread, files/s", "2 threads", "placing and recording", "POST to COMPLETED", "first mix of that layout"], rows)


def serve_memory(figures):
    found = [figure for name, figure in figures.items() if name.startswith("serve memory")]
    return table(["files", "samples", "idle, MB", "median, MB", "most, MB", "resident, most, MB"],
                 [[f"{f['files']:,}", str(f["samples"]), str(f["idle_mb"]), str(f["live_mb"]["median"]), str(f["live_mb"]["most"]), str(f["resident_mb_most"])] for f in found])


def serve_load(figures):
    rows = []
    for database, figure in named(figures, "serve load").items():
        told = {kind: (int(count), float(median), float(most))
                for kind, count, median, most in re.findall(r"^(\w+) count=(\d+) p50_ms=([\d.]+) p99_ms=([\d.]+)", "\n".join(figure["told"]), re.M)}
        rows.append([database, *(f"{number:,.0f}" for kind in ("read", "change") for number in told[kind]), cell(figure["placing"])])
    return table(["database", "reads", "median, ms", "99 % below, ms", "changes", "median, ms", "99 % below, ms", "the large task meanwhile, files/s"], rows)


def jmh(figures):
    found = [(name.removeprefix("jmh "), figure) for name, figure in figures.items() if name.startswith("jmh ")]
    return table(["loop and parameters", "time", "unit"], [[name, cell(figure["score"], 2), figure["unit"].replace("/op", "")] for name, figure in found])


def adaptive(figures):
    found = named(figures, "adaptive")
    sweep = list(next(iter(found.values()))["fixed"]) if found else []
    return table(["files/s with fixed workers", *sweep, "Admix, the whole mix", "once settled", "whole mix to the best", "settled to the best"],
                 [[name, *(f"{figure['fixed'].get(workers, 0):,}" for workers in sweep), f"{figure['adaptive']:,}", cell(figure["settled"] or ""),
                   f"{100 * figure['adaptive_to_best']:.0f} %", f"**{100 * figure['settled_to_best']:.0f} %**" if figure["settled"] else ""] for name, figure in found.items()])


def copies(figures):
    return table(["seconds", "files", "MB", *(words for words, _, _ in COPIES), "placing alone to cp", "reading, planning, placing to cp", "whole command to cp and sync", "processor: cp / Admix"],
                 [[name, f"{figure['files']:,}", f"{figure['megabytes']:,}", *(cell(figure["seconds"][key], 2) for _, key, _ in COPIES),
                   f"{100 * figure['placing_to_cp']:.0f} %", f"**{100 * figure['working_to_cp']:.0f} %**", f"{100 * figure['command_to_cp_and_sync']:.0f} %",
                   f"{figure['cpu_seconds']['cp']['median']:.1f} / {figure['cpu_seconds']['command']['median']:.1f}"] for name, figure in named(figures, "copies").items()])


def memory(figures):
    found = named(figures, "memory")
    return table(["planned files", "samples", "seconds", "heap and native, MB: median", "most", "of it heap, most", "native, most", "resident, most"],
                 [[f"{figure['files']:,}", str(figure["samples"]), str(figure["seconds"]), str(figure["live_mb"]["median"]), f"**{figure['live_mb']['most']}**",
                   str(figure["heap_mb"]["most"]), str(figure["native_mb"]["most"]), str(figure["resident_mb"]["most"])] for name, figure in found.items() if name != "growth"])


def scan(figures):
    rows = []
    for figure in (figures[name] for name in ("scan",) if name in figures):
        rows = [[f"`find -printf`, {figure['files']:,} files in {figure['folders']:,} folders", cell(figure["find"]), ""],
                ["Admix, 1 thread, warm", cell(figure["scan1"]), f"**{100 * figure['scan1_to_find']:.0f} %**"],
                ["Admix, 1 thread, first pass of a fresh JVM", cell(figure["first1"]), f"{100 * figure['first1_to_find']:.0f} %"],
                [f"Admix, {figure['threads']} threads, warm", cell(figure["scan"]), f"{100 * figure['scan_to_find']:.0f} %"],
                [f"Admix, {figure['threads']} threads, first pass of a fresh JVM", cell(figure["first"]), f"{100 * figure['first_to_find']:.0f} %"]]
    return table(["what", "files/s", "to find"], rows)


TABLES = {"machine": machine, "whole": whole, "whole-split": whole_split, "whole-limits": whole_limits, "links": links, "plans": plans, "exports": exports, "start": start,
          "serve": serve, "serve-memory": serve_memory, "serve-load": serve_load, "jmh": jmh, "adaptive": adaptive, "copies": copies, "memory": memory, "scan": scan}
