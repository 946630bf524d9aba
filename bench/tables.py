"""Tables of docs/benchmarks.md out of figures; what was not measured is told as that."""
from pictures import COPIES, PHASES, WHOLE, split


def cell(measured, digits=0):
    """Median, and least and most where there are several."""
    if not isinstance(measured, dict):
        return f"{measured:,}" if isinstance(measured, (int, float)) else str(measured)
    median, least, most = (f"{measured[key]:,.{digits}f}" for key in ("median", "least", "most"))
    return median if least == most else f"{median} ({least}–{most})"


def table(head, rows):
    if not rows:
        return ["Not measured in this session."]
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)] + ["| " + " | ".join(row) + " |" for row in rows]


def machine(figures):
    told = [figure["on"] for figure in figures.values() if figure["on"]]
    if not told:
        return ["Not measured."]
    on = told[-1]
    return [f"Machine: {on['cpus']} virtual CPUs, {on['memory_gib']} GiB, {on['machine']}, {on['java']}; {told[0]['time']} to {on['time']}, sources at {on['commit']}."]


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
    for layout in ("flat", "by-source"):
        figure = figures.get(f"links {layout}")
        if figure:
            rows.append([layout, cell(figure["linkat1"]), cell(figure["linkat2"]), cell(figure["asyncio"]), cell(figure["admix"]),
                         f"**{100 * figure['placing_to_linkat']:.0f} %**", f"{cell(figure['command'])} ({figure['wall']['median']:.1f} s)", f"**{figure['command_to_asyncio']:.1f}**"])
    return table(["layout", "bare linkat, 1 thread, files/s", "2 threads", "asyncio", "Admix placing and recording", "of best linkat", "whole command", "to asyncio's loop"], rows)


def plans(figures):
    what = {"plan-files": "real files, by-source, each chosen one looked at", "plan-rows": "generated rows, by-source",
            "plan-flat": "generated rows of one base name, into one flat folder"}
    rows = [[words, f"{figures[name]['entries']:,}", cell(figures[name]["seconds"], 1), cell(figures[name]["cpu_seconds"], 1), f"{figures[name]['plan_bytes'] / figures[name]['entries']:.0f}"]
            for name, words in what.items() if name in figures]
    return table(["chosen among", "entries", "seconds", "processor seconds", "bytes of plan for each entry"], rows)


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


def jmh(figures):
    found = [(name.removeprefix("jmh "), figure) for name, figure in figures.items() if name.startswith("jmh ")]
    return table(["loop and parameters", "time", "unit"], [[name, cell(figure["score"], 2), figure["unit"].replace("/op", "")] for name, figure in found])


def starting(figures, prefix):
    return {name.removeprefix(prefix).strip(): figure for name, figure in figures.items() if name.startswith(prefix + " ")}


def adaptive(figures):
    found = starting(figures, "adaptive")
    sweep = list(next(iter(found.values()))["fixed"]) if found else []
    return table(["files/s with fixed workers", *sweep, "Admix, the whole mix", "once settled", "whole mix to the best", "settled to the best"],
                 [[name, *(f"{figure['fixed'].get(workers, 0):,}" for workers in sweep), f"{figure['adaptive']:,}", f"{figure['settled']:,}",
                   f"{100 * figure['adaptive_to_best']:.0f} %", f"**{100 * figure['settled_to_best']:.0f} %**"] for name, figure in found.items()])


def copies(figures):
    return table(["seconds", "files", "MB", *(words for words, _, _ in COPIES), "placing to cp", "whole command to cp and sync", "processor: cp / Admix"],
                 [[name, f"{figure['files']:,}", f"{figure['megabytes']:,}", *(cell(figure["seconds"][key], 2) for _, key, _ in COPIES),
                   f"**{100 * figure['placing_to_cp']:.0f} %**", f"{100 * figure['command_to_cp_and_sync']:.0f} %",
                   f"{figure['cpu_seconds']['cp']['median']:.1f} / {figure['cpu_seconds']['command']['median']:.1f}"] for name, figure in starting(figures, "copies").items()])


def memory(figures):
    found = starting(figures, "memory")
    return table(["planned files", "samples", "seconds", "heap and native, MB: median", "most", "of it heap, most", "native, most", "resident, most"],
                 [[f"{figure['files']:,}", str(figure["samples"]), str(figure["seconds"]), str(figure["live_mb"]["median"]), f"**{figure['live_mb']['most']}**",
                   str(figure["heap_mb"]["most"]), str(figure["native_mb"]["most"]), str(figure["resident_mb"]["most"])] for name, figure in found.items() if name != "growth"])


def plain(prefix):
    """Every figure of a kind as it was told: one row each, its numbers as columns."""
    def rows(figures):
        found = [figure for name, figure in figures.items() if name.split()[0] == prefix]
        columns = list(dict.fromkeys(key for figure in found for key in figure if key not in ("figure", "on")))
        return table(["figure", *(column.replace("_", " ") for column in columns)],
                     [[figure["figure"], *(cell(figure[key], 1) if key in figure else "" for key in columns)] for figure in found])
    return rows


TABLES = {"machine": machine, "whole": whole, "whole-split": whole_split, "whole-limits": whole_limits, "links": links, "plans": plans, "start": start,
          "serve": serve, "serve-memory": serve_memory, "jmh": jmh, "adaptive": adaptive, "copies": copies, "memory": memory, "scan": plain("scan")}
