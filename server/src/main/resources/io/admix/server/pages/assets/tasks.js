// The pages of tasks: questions before a change, and a task that is seen while it runs.
(() => {
  'use strict';
  const language = document.documentElement.lang === 'zh' ? 'zh-CN' : 'en-GB';
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  const ask = document.getElementById('ask');
  const by = id => document.getElementById(id);

  function bytes(value) {
    if (value < 1024) return `${whole.format(value)} B`;
    let unit = -1;
    while (value >= 1023.5 && unit < units.length - 1) { value /= 1024; unit++; }
    const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
    return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
  }

  function duration(task, seconds) {
    const fill = (words, ...parts) => words.replace(/\{(\d)\}/g, (all, i) => parts[i]);
    if (seconds < 60) return fill(task.dataset.seconds, seconds);
    return seconds < 3600
      ? fill(task.dataset.minutes, Math.floor(seconds / 60), seconds % 60)
      : fill(task.dataset.hours, Math.floor(seconds / 3600), Math.floor(seconds % 3600 / 60));
  }

  // A question opens once it is there. Rows may be drawn anew while it is open: the button that asked is found again by its id.
  let asked = null;
  document.addEventListener('htmx:afterSwap', event => {
    if (event.detail.target === ask) {
      asked = event.detail.requestConfig.elt.id;
      if (!ask.open) ask.showModal();
    } else if (event.detail.target.id === 'alerts' && ask && ask.open && !event.detail.xhr.status.toString().startsWith('2')) {
      // Behind a question nobody sees it.
      ask.querySelector('[data-alerts]')?.replaceChildren(...by('alerts').childNodes);
    }
  });
  document.addEventListener('htmx:afterRequest', event => {
    const { elt, xhr } = event.detail;
    if (ask && ask.open && ask.contains(elt) && xhr.status >= 200 && xhr.status < 300) ask.close();
  });
  ask?.addEventListener('close', () => {
    ask.replaceChildren();
    if (asked) (by(asked) ?? by('main')).focus();
    asked = null;
  });

  // Labels are read when they are opened, until they have been read once.
  const isLabels = event => event.detail.requestConfig?.elt.matches('details.labels');
  document.addEventListener('htmx:beforeRequest', event => {
    if (!isLabels(event)) return;
    const labels = event.detail.requestConfig.elt;
    if (!labels.open || 'read' in labels.dataset) event.preventDefault();
  });
  document.addEventListener('htmx:afterRequest', event => {
    if (!isLabels(event)) return;
    const labels = event.detail.requestConfig.elt;
    if (event.detail.xhr.status === 200) labels.dataset.read = '';
    else labels.open = false;
  });

  // A running task tells how it gets on.
  let source = null;
  let latest = null;
  let waiting = null;
  let before = null;
  let tries = 0;

  function close() {
    source?.close();
    source = null;
  }

  // An answer replaces the element that has asked, and what it was to ask next with it: that waits here.
  let isAsking = false;
  let isDue = false;
  let isGone = false;
  const asksForTask = event => event.detail.requestConfig.elt.id === 'task';
  function refresh() {
    if (isAsking) isDue = true;
    else htmx.trigger(document.body, 'tasks-changed');
  }
  document.addEventListener('htmx:beforeRequest', event => {
    if (asksForTask(event)) isAsking = true;
  });
  document.addEventListener('htmx:afterRequest', event => {
    if (!asksForTask(event)) return;
    isAsking = false;
    isGone ||= event.detail.xhr.status === 401 || event.detail.xhr.status === 404;
    if (isGone) close();
    else if (isDue) setTimeout(refresh);
    isDue = false;
  });

  function begin() {
    const task = by('task');
    if (!task || isGone || task.dataset.live !== 'true') { close(); return; }
    if (source) return;
    before = null;
    source = new EventSource(task.dataset.events);
    source.addEventListener('open', () => { tries = 0; lost(false); });
    source.addEventListener('progress', event => progress(JSON.parse(event.data)));
    source.addEventListener('state', event => state(JSON.parse(event.data)));
    source.addEventListener('error', failed);
  }

  // The browser comes again by itself, unless it was told that nothing more will come, or was refused.
  function failed() {
    if (source && source.readyState === EventSource.CLOSED) {
      source = null;
      if (!isGone) setTimeout(() => { refresh(); begin(); }, Math.min(3000 * 2 ** tries++, 60_000));
    } else {
      lost(true);
    }
  }

  function lost(isLost) {
    const note = by('lost');
    if (!note) return;
    note.textContent = isLost ? by('task').dataset.lost : '';
    note.hidden = !isLost;
  }

  // Old states come first: only what is the newest for a moment counts.
  function state(event) {
    latest = event;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const task = by('task');
      if (task && (task.dataset.status !== latest.status || task.dataset.phase !== latest.phase)) refresh();
    }, 120);
  }

  function set(id, text) {
    const element = by(id);
    if (element && element.textContent !== text) element.textContent = text;
  }

  function progress(event) {
    const task = by('task');
    if (!task) { close(); return; }
    if (event.phase !== task.dataset.phase) return;
    const bar = by('bar');
    if (event.phase === 'PLACING' && event.filesTotal > 0 && bar) {
      bar.max = event.filesTotal;
      bar.value = event.files;
    }
    set('live-files', whole.format(event.files));
    set('live-bytes', bytes(event.bytes));
    set('live-rate', whole.format(event.filesPerSecond));
    set('live-eta', event.etaSeconds == null ? '–' : duration(task, event.etaSeconds));
    set('live-workers', whole.format(event.workers));
    set('live-allowed', whole.format(event.workersAllowed));
    set('live-step', event.phase === 'PLANNING' ? event.message ?? '' : event.pace);
    draw(event);
  }

  const POINTS = 600;
  function draw(event) {
    const at = Date.parse(event.at);
    if (before && at - before.at < 500) return;
    // Whoever runs the task knows of files before the catalogue does: the two are not compared.
    const isOwn = event.bytesTotal > 0;
    const rate = before && before.isOwn === isOwn ? Math.max(0, Math.round((event.files - before.files) * 1000 / (at - before.at))) : null;
    before = { at, files: event.files, isOwn };
    if (rate === null || !window.admixPlots) return;
    add('rate', at, rate);
    add('workers', at, event.workers, event.workersAllowed);
  }

  function add(id, at, ...values) {
    const drawing = document.querySelector(`#${id} [data-plot]`);
    if (!drawing) return;
    const plot = JSON.parse(drawing.dataset.plot);
    plot.categories.push(String(at));
    plot.series.forEach((series, i) => series.values.push(values[i]));
    if (plot.categories.length > POINTS) {
      const keep = (list) => list.filter((one, i) => i % 2 === 0 || i === list.length - 1);
      plot.categories = keep(plot.categories);
      plot.series.forEach(series => { series.values = keep(series.values); });
    }
    window.admixPlots.update(drawing, plot);
  }

  document.addEventListener('htmx:load', event => {
    if (event.detail.elt.id === 'task') begin();
  });
  // A page that nobody sees holds no connection, of which a browser has few.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close();
    else if (by('task')?.dataset.live === 'true') { refresh(); begin(); }
  });
  // A page that was left and is come back to by the browser's own memory of it has lost its stream.
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', event => { if (event.persisted) { refresh(); begin(); } });
  begin();
})();
