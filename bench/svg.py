"""Charts as SVG text, without any library: bars with their spread, and stacked bars with limits beneath. They follow the reader's light or dark scheme."""
from html import escape

WIDTH, LEFT, RIGHT, ROW = 760, 190, 130, 22
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328; paint-order: stroke; stroke: #ffffff; stroke-width: 3px; } .head { font-weight: 600; } .title { font-size: 15px; font-weight: 600; }
  .small { font-size: 11px; fill: #59636e; } .end { text-anchor: end; } .middle { text-anchor: middle; }
  .back { fill: #ffffff; } .grid { stroke: #d1d9e0; } .mark { stroke: #cf222e; stroke-dasharray: 4 3; } .markword { fill: #cf222e; font-size: 11px; }
  .spread { stroke: #1f2328; stroke-width: 1.5; }
  .ours { fill: #0969da; stroke: #0969da; } .peer { fill: #bc4c00; stroke: #bc4c00; } .limit { fill: #818b98; stroke: #818b98; }
  .c0 { fill: #8250df; } .c1 { fill: #0969da; } .c2 { fill: #1a7f37; } .c3 { fill: #bf8700; } .c4 { fill: #bc4c00; } .c5 { fill: #bf3989; } .c6 { fill: #1b7c83; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; stroke: #0d1117; } .small { fill: #9198a1; } .back { fill: #0d1117; } .grid { stroke: #3d444d; } .mark { stroke: #f85149; } .markword { fill: #f85149; }
    .spread { stroke: #f0f6fc; } .ours { fill: #4493f8; stroke: #4493f8; } .peer { fill: #f0883e; stroke: #f0883e; } .limit { fill: #656c76; stroke: #656c76; }
    .c0 { fill: #ab7df8; } .c1 { fill: #4493f8; } .c2 { fill: #3fb950; } .c3 { fill: #d29922; } .c4 { fill: #f0883e; } .c5 { fill: #db61a2; } .c6 { fill: #39c5cf; }
  }
"""
KINDS = {"ours": "Admix", "peer": "peer", "limit": "limit"}


def number(value):
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


class Canvas:
    """Grows downwards; `done` gives the text of the picture."""

    def __init__(self, title, description):
        self.title, self.description = title, description
        self.parts = []
        self.y = 14
        self.text(14, self.down(18), title, "title")

    def down(self, by):
        self.y += by
        return self.y

    def text(self, x, y, words, kind=""):
        self.parts.append(f'<text x="{x:.0f}" y="{y:.0f}" class="{kind}">{escape(words)}</text>')

    def bar(self, x, y, width, height, kind, words=""):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height}" class="{kind}"><title>{escape(words)}</title></rect>')

    def line(self, x1, y1, x2, y2, kind):
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>')

    def legend(self, entries):
        x = 14
        y = self.down(26)
        for kind, words in entries:
            self.bar(x, y - 10, 12, 12, kind)
            self.text(x + 18, y, words, "small")
            x += 34 + 6.2 * len(words)
        self.down(6)

    def done(self):
        height = self.y + 14
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}" role="img">\n'
                f"<title>{escape(self.title)}</title>\n<desc>{escape(self.description)}</desc>\n<style>{STYLE}</style>\n"
                f'<rect width="100%" height="100%" rx="6" class="back"/>\n' + "\n".join(self.parts) + "\n</svg>\n")


def bars(title, unit, groups, marks=()):
    """groups: (words, rows), rows: (words, summary, kind); marks: (value, words). Whiskers show least and most."""
    canvas = Canvas(title, f"Bars in {unit}; thin lines show the least and the most of all rounds.")
    values = [row[1]["most"] for _, rows in groups for row in rows] + [value for value, _ in marks]
    scale = (WIDTH - LEFT - RIGHT) / max(values)
    canvas.text(14, canvas.down(18), unit, "small")
    top = canvas.down(16 if marks else 0)
    for words, rows in groups:
        if words:
            canvas.text(14, canvas.down(24), words, "head")
            canvas.down(-6)
        for label, measured, kind in rows:
            y = canvas.down(ROW)
            canvas.text(LEFT - 8, y, label, "end")
            canvas.bar(LEFT, y - 12, measured["median"] * scale, 15, kind, f"{label}: {number(measured['median'])} {unit}")
            if measured["most"] > measured["least"]:
                canvas.line(LEFT + measured["least"] * scale, y - 4.5, LEFT + measured["most"] * scale, y - 4.5, "spread")
            canvas.text(LEFT + measured["most"] * scale + 6, y, number(measured["median"]))
    for value, words in marks:
        x = LEFT + value * scale
        canvas.line(x, top, x, canvas.y + 6, "mark")
        canvas.text(x, top - 4, words, "markword middle")
    shown = {kind for _, rows in groups for _, _, kind in rows}
    canvas.legend([(kind, words) for kind, words in KINDS.items() if kind in shown])
    return canvas.done()


def stacks(title, unit, phases, rows):
    """phases: names in order; rows: (words, {phase: value}, [(phase, words, limit)]): a limit is drawn beneath the beginning of its phase."""
    canvas = Canvas(title, f"Stacked bars in {unit}; beneath a step stands what the bare tool needs for the same.")
    scale = (WIDTH - LEFT - RIGHT + 60) / max(sum(split.values()) for _, split, _ in rows)
    canvas.text(14, canvas.down(18), unit, "small")
    for words, split, limits in rows:
        y = canvas.down(30)
        canvas.text(LEFT - 8, y, words, "end head")
        x, begins = LEFT, {}
        for index, phase in enumerate(phases):
            value = split.get(phase, 0)
            begins[phase] = x
            canvas.bar(x, y - 13, value * scale, 17, f"c{index}", f"{phase}: {number(value)} {unit}")
            x += value * scale
        canvas.text(x + 6, y, number(sum(split.values())))
        for phase, label, value in limits:
            y = canvas.down(15)
            canvas.bar(begins[phase], y - 8, value * scale, 9, "limit", f"{label}: {number(value)} {unit}")
            canvas.text(begins[phase] + value * scale + 5, y, f"{label} {number(value)}", "small")
    canvas.legend([(f"c{index}", phase) for index, phase in enumerate(phases)] + [("limit", "what the bare tool needs")])
    return canvas.done()


def panels(title, x_words, unit, charts):
    """charts: (words, {x: value}, (words, value)): a curve over even steps of x, and a level beside it; two charts in a row."""
    canvas = Canvas(title, f"Curves in {unit} over {x_words}; the dashed level is what Admix found by itself.")
    canvas.text(14, canvas.down(18), f"{unit}, over {x_words}", "small")
    width, height = (WIDTH - 3 * 40) / 2 - 30, 120
    for index, chart in enumerate(charts):
        if index % 2 == 0:
            canvas.down(26 if index == 0 else height + 66)
        panel(canvas, 70 + index % 2 * (width + 80), canvas.y, width, height, chart)
    canvas.down(height + 44)
    canvas.legend([("limit", "fixed number of workers"), ("ours", "Admix, following the throughput")])
    return canvas.done()


def panel(canvas, left, top, width, height, chart):
    words, curve, (level_words, level) = chart
    most = max([*curve.values(), level]) * 1.15
    at = lambda value: top + height - height * value / most
    canvas.text(left, top - 8, words, "head")
    for value in (0, most / 2, most):
        canvas.line(left, at(value), left + width, at(value), "grid")
        canvas.text(left - 5, at(value) + 4, number(value) if value else "0", "small end")
    points = []
    for index, (x, value) in enumerate(curve.items()):
        place = left + width * index / max(1, len(curve) - 1)
        points.append(f"{place:.1f},{at(value):.1f}")
        canvas.text(place, top + height + 15, str(x), "small middle")
        canvas.parts.append(f'<circle cx="{place:.1f}" cy="{at(value):.1f}" r="3" class="limit"><title>{x}: {number(value)}</title></circle>')
    canvas.parts.append(f'<polyline points="{" ".join(points)}" class="limit" style="fill:none;stroke-width:2"/>')
    canvas.parts.append(f'<line x1="{left}" y1="{at(level):.1f}" x2="{left + width}" y2="{at(level):.1f}" class="ours" style="stroke-width:2;stroke-dasharray:6 3"/>')
    canvas.text(left + width, at(level) - 5, f"{level_words} {number(level)}", "small end")
