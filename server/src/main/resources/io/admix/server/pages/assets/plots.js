// Draws the figures of pages. Loaded with ECharts by pages that have some; a table beside each says the same.
(() => {
  'use strict';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const language = document.documentElement.lang === 'zh' ? 'zh-CN' : 'en-GB';
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const charts = new Map();

  function bytes(value) {
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit++; }
    return `${plain.format(value)} ${units[unit]}`;
  }
  const words = (unit, value) => unit === 'BYTES' ? bytes(value) : unit === 'PERCENT' ? share.format(value) : plain.format(value);
  const brief = (unit, value) => unit === 'NUMBER' ? short.format(value) : words(unit, value);

  // CSS names resolve only on an element: light-dark() has no value of its own.
  function colours() {
    const probe = document.createElement('i');
    probe.hidden = true;
    document.body.append(probe);
    const of = name => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
    const all = { MAIN: of('main'), SECOND: of('second'), GOOD: of('good'), WARNING: of('warning'), BAD: of('bad'), QUIET: of('edge'), text: of('text'), quiet: of('quiet'), line: of('line'), card: of('card') };
    probe.remove();
    return all;
  }

  const tip = (colour, format) => ({ renderMode: 'richText', confine: true, backgroundColor: colour.card, borderColor: colour.line, textStyle: { color: colour.text, fontSize: 12 }, valueFormatter: format });

  function options(plot, colour) {
    const over = plot.kind === 'LINES';
    const sideways = plot.kind === 'BARS' || plot.kind === 'STACKED';
    const values = { type: 'value', axisLabel: { color: colour.quiet, formatter: value => brief(plot.unit, value), hideOverlap: true }, splitLine: { lineStyle: { color: colour.line } } };
    if (plot.unit === 'NUMBER') values.minInterval = plot.series.every(series => series.values.every(value => value == null || Number.isInteger(value))) ? 1 : undefined;
    const names = over
      ? { type: 'time', axisLabel: { color: colour.quiet, hideOverlap: true }, axisLine: { lineStyle: { color: colour.line } } }
      : { type: 'category', data: plot.categories, inverse: sideways, axisTick: { show: false }, axisLabel: { color: colour.text, width: sideways ? 130 : undefined, overflow: 'truncate', hideOverlap: !sideways }, axisLine: { lineStyle: { color: colour.line } } };
    return {
      animationDuration: 250,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      color: plot.series.map(series => colour[series.tone]),
      grid: { left: 8, right: 24, top: plot.series.length > 1 ? 34 : 12, bottom: 8, containLabel: true },
      legend: plot.series.length > 1 ? { top: 0, left: 0, textStyle: { color: colour.text }, itemHeight: 10, itemWidth: 14 } : undefined,
      tooltip: { trigger: 'axis', axisPointer: { type: over ? 'line' : 'shadow' }, ...tip(colour, value => value == null ? '–' : words(plot.unit, value)) },
      xAxis: sideways ? values : names,
      yAxis: sideways ? names : values,
      series: plot.series.map(series => over
        ? { type: 'line', name: series.name, showSymbol: false, lineStyle: { width: 2 }, areaStyle: plot.series.length === 1 ? { opacity: .12 } : undefined, data: series.values.map((value, i) => [Number(plot.categories[i]), value]) }
        : { type: 'bar', name: series.name, data: series.values, stack: plot.kind === 'STACKED' ? 'all' : undefined, barMaxWidth: 22, barCategoryGap: plot.kind === 'COLUMNS' ? '8%' : '35%', itemStyle: { borderRadius: plot.kind === 'STACKED' ? 0 : sideways ? [0, 3, 3, 0] : [3, 3, 0, 0] } }),
    };
  }

  function network(spec, colour, width, height) {
    const columns = Math.max(1, ...spec.nodes.map(node => node.column + 1));
    const filled = new Map();
    const counts = new Map();
    spec.nodes.forEach(node => counts.set(node.column, (counts.get(node.column) ?? 0) + 1));
    const nodes = spec.nodes.map(node => {
      const place = filled.get(node.column) ?? 0;
      filled.set(node.column, place + 1);
      return {
        id: node.id, name: node.name, address: node.address,
        x: (node.column + .5) * width / columns, y: (place + .5) * height / counts.get(node.column),
        symbol: 'roundRect', symbolSize: [18, 18], itemStyle: { color: colour[node.tone] },
        // Neighbours' names stand above and below, so that they do not run into one another.
        label: { show: true, position: node.column % 2 === 0 ? 'bottom' : 'top', color: colour.text, width: Math.max(80, 2 * width / columns - 24), overflow: 'truncate', formatter: '{b}' },
        cursor: node.address ? 'pointer' : 'default',
      };
    });
    return {
      animationDuration: 250,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: { ...tip(colour), formatter: at => at.data.name ?? '' },
      series: [{
        type: 'graph', layout: 'none', roam: true, left: Math.min(80, width / 7), right: Math.min(80, width / 7), top: 34, bottom: 40, data: nodes,
        edges: spec.edges.map(edge => ({ source: edge.from, target: edge.to, name: edge.name })),
        edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 8, lineStyle: { color: colour.QUIET, width: 1.5, curveness: .08, opacity: .8 },
        emphasis: { focus: 'adjacency' },
      }],
    };
  }

  function draw(element) {
    let chart = charts.get(element);
    const rows = Number(element.dataset.rows ?? 0);
    const plot = element.dataset.plot ? JSON.parse(element.dataset.plot) : null;
    if (!chart) {
      if (plot && (plot.kind === 'BARS' || plot.kind === 'STACKED')) element.style.height = `${Math.max(90, 60 + rows * (plot.kind === 'BARS' ? 14 + 12 * plot.series.length : 28))}px`;
      else element.style.height = element.dataset.network ? `${Math.max(320, Math.min(800, rows * 42))}px` : '240px';
      if (plot && (plot.kind === 'BARS' || plot.kind === 'STACKED')) element.style.minHeight = '0';
      chart = window.echarts.init(element, null, { renderer: 'canvas' });
      charts.set(element, chart);
      new ResizeObserver(() => element.isConnected && redraw(element)).observe(element);
      chart.on('click', at => { if (at.data && at.data.address) location.assign(at.data.address); });
    }
    redraw(element);
  }

  function redraw(element) {
    const chart = charts.get(element);
    if (!chart || element.clientWidth === 0) return;
    chart.resize();
    const colour = colours();
    chart.setOption(element.dataset.plot
      ? options(JSON.parse(element.dataset.plot), colour)
      : network(JSON.parse(element.dataset.network), colour, element.clientWidth - 40, element.clientHeight - 64), true);
    element.dataset.drawn = '';
  }

  // Other figures in a plot that is shown already.
  function update(element, plot) {
    element.dataset.plot = JSON.stringify(plot);
    redraw(element);
  }

  document.addEventListener('htmx:beforeCleanupElement', event => {
    const chart = charts.get(event.target);
    if (chart) { chart.dispose(); charts.delete(event.target); }
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach((chart, element) => redraw(element)));

  window.admixPlots = { draw, update };
})();
