// The form of a recipe: sends what it says, shows what the service answers. Sums, checks and texts are the service's.
(() => {
  'use strict';
  const form = document.getElementById('compose');
  if (!form) return;
  const page = document.getElementById('composing').dataset;
  const by = id => document.getElementById(id);
  const live = by('live');
  const create = by('create');
  const trial = by('trial');
  const yaml = by('yaml');
  const KINDS = ['count', 'percent', 'weight'];
  const TYPING_MS = 250;
  const TRIAL_MS = 900;
  const ADDRESS_MAX = 6000;
  const AWAY_MS = 5000;

  const rows = () => [...document.querySelectorAll('#rows > .source')];
  const row = key => rows().find(one => one.dataset.key === key);
  let nextKey = Date.now();

  // ---- Talking with the service.

  async function ask(address, body = null, signal) {
    const headers = { 'HX-Request': 'true' };
    if (document.body.dataset.csrf) headers['X-CSRF-TOKEN'] = document.body.dataset.csrf;
    try {
      return await fetch(address, { method: body === null ? 'GET' : 'POST', headers, body, signal, redirect: 'manual' });
    } catch (fault) {
      if (fault.name !== 'AbortError') window.admix.alarm(document.body.dataset.away);
      return null;
    }
  }

  // What a refusal says, as text: it may come as a part of a page or as a whole one.
  async function refusal(answer) {
    const box = document.createElement('div');
    box.className = 'alert bad';
    // A redirect leads to the sign-in.
    if (answer.status === 401 || answer.type === 'opaqueredirect') {
      box.textContent = document.body.dataset.lost;
      return box;
    }
    const text = await answer.text().catch(() => '');
    const said = new DOMParser().parseFromString(text, 'text/html').querySelector('.alert, #message');
    const parts = said ? [...said.querySelectorAll('p, li')] : [];
    for (const part of parts.length ? parts : said ? [said] : []) {
      const line = document.createElement('p');
      line.textContent = part.textContent;
      box.append(line);
    }
    if (!box.childElementCount) box.textContent = `${document.body.dataset.away} (${answer.status})`;
    return box;
  }

  async function alarm(answer) {
    by('alerts').replaceChildren(await refusal(answer));
    by('alerts').scrollIntoView({ block: 'nearest' });
  }

  function put(box, html) {
    box.innerHTML = html;
    window.admix.found(box);
  }

  // What is empty, and what only shows the same amount in other words, is not sent.
  function said() {
    const parameters = new URLSearchParams();
    for (const element of form.elements) {
      if (!element.name || element.disabled || element.value === '' || 'derived' in element.dataset) continue;
      if ((element.type === 'radio' || element.type === 'checkbox') && !element.checked) continue;
      parameters.append(element.name, element.value);
    }
    return parameters;
  }

  // ---- What follows the form.

  let waiting;
  let asking;
  let trying;
  let trialTimer;
  // Who only opens a link has asked for nothing: a trial leaves a plan and links files.
  let isTouched = false;
  let isMaking = false;

  function changed(delay = TYPING_MS) {
    isTouched = true;
    later(delay);
  }

  function later(delay) {
    clearTimeout(waiting);
    clearTimeout(trialTimer);
    live.setAttribute('aria-busy', 'true');
    waiting = setTimeout(preview, delay);
  }

  async function preview() {
    asking?.abort();
    asking = new AbortController();
    const mine = asking;
    const answer = await ask('/compose/live', said(), mine.signal);
    if (mine !== asking) return;
    if (!answer?.ok) {
      live.removeAttribute('aria-busy');
      create.disabled = true;
      by('try').disabled = true;
      if (answer) await alarm(answer);
      else if (answer === null) waiting = setTimeout(preview, AWAY_MS);
      return;
    }
    const text = await answer.text().catch(() => null);
    if (mine !== asking || text === null) return;
    live.removeAttribute('aria-busy');
    by('alerts').replaceChildren();
    put(live, text);
    follow();
    remember();
    return true;
  }

  function follow() {
    const bars = live.querySelector('[data-bars]');
    if (bars) by('bars').replaceChildren(bars);
    by('peek').textContent = live.querySelector('[data-peek]').textContent;
    const now = live.querySelector('[data-live]');
    const isReady = now.dataset.ready === 'true';
    create.disabled = !isReady || isMaking;
    by('try').disabled = !isReady;
    document.querySelectorAll('#bars [data-source]').forEach(showSource);
    showProblems();
    if (document.activeElement !== yaml) yaml.value = live.querySelector('[data-yaml]').textContent;
    const words = live.querySelector('[data-spoken]').textContent.trim();
    if (by('spoken').textContent !== words) by('spoken').textContent = words;
    showAge();
    const isSmall = now.dataset.small === 'true';
    clearTimeout(trialTimer);
    if (isTouched && isSmall && !isTried()) trialTimer = setTimeout(() => tryIt(true), TRIAL_MS);
  }

  function showSource(source) {
    const at = row(source.dataset.row);
    if (!at) return;
    at.querySelector('[data-matching]').textContent = source.dataset.says;
    at.dataset.files = source.dataset.matching;
    const kind = at.querySelector('[data-kind]').value;
    for (const input of at.querySelectorAll('[data-amount]')) {
      const own = input.dataset.amount;
      if (own === kind) delete input.dataset.derived;
      else if (input !== document.activeElement) {
        input.dataset.derived = '';
        input.value = source.dataset[own];
      }
    }
  }

  function showProblems() {
    document.querySelectorAll('#fields [aria-invalid]').forEach(field => field.removeAttribute('aria-invalid'));
    document.querySelectorAll('#fields :is([data-error], [data-row-error])').forEach(place => {
      place.textContent = '';
      place.hidden = true;
    });
    for (const found of live.querySelectorAll('[data-found]')) {
      if (found.dataset.needs === 'true') continue;
      const at = found.dataset.row ? row(found.dataset.row) : null;
      const place = at ? at.querySelector('[data-row-error]')
        : document.querySelector(`#fields [data-error="${CSS.escape(found.dataset.field.split('[')[0])}"]`);
      const field = found.dataset.field.split('[')[0];
      if (field) (at ?? by('fields')).querySelectorAll(`[data-field="${CSS.escape(field)}"]`).forEach(input => {
        if (at || !input.closest('.source')) input.setAttribute('aria-invalid', 'true');
      });
      if (!place) continue;
      const words = found.querySelector('[data-message]').textContent;
      place.textContent += (place.textContent ? '\n' : '') + words;
      place.hidden = false;
    }
  }

  // The address says the form, for a colleague or for later.
  function remember() {
    const text = encodeURIComponent(live.querySelector('[data-yaml]').textContent);
    history.replaceState(null, '', text && text.length < ADDRESS_MAX ? '/compose#r=' + text : '/compose');
  }

  // ---- Trials.

  const tried = () => trial.querySelector('[data-trial]');
  const isTried = () => tried()?.dataset.mark === live.querySelector('[data-live]').dataset.mark;

  function showAge() {
    const isFresh = !tried() || isTried();
    by('stale').hidden = isFresh;
    form.elements.plan.value = tried() && isFresh ? tried().dataset.plan : '';
    form.elements['plan-of'].value = tried() && isFresh ? tried().dataset.mark : '';
  }

  async function tryIt(isQuiet) {
    clearTimeout(trialTimer);
    trying?.abort();
    trying = new AbortController();
    const mine = trying;
    by('try').setAttribute('aria-busy', 'true');
    trial.setAttribute('aria-busy', 'true');
    const answer = await ask('/compose/plan', said(), mine.signal);
    const text = answer?.ok ? await answer.text().catch(() => null) : null;
    const refused = answer && !answer.ok ? await refusal(answer) : null;
    if (mine !== trying) return;
    by('try').removeAttribute('aria-busy');
    trial.removeAttribute('aria-busy');
    if (refused) {
      if (isQuiet && answer.status === 409) return;
      trial.replaceChildren(refused);
      by('tried').textContent = refused.textContent;
    } else if (text !== null) {
      put(trial, text);
      by('tried').textContent = tried().dataset.says;
    }
    showAge();
  }

  // ---- Rows.

  function describe(at) {
    const parts = [];
    const label = at.querySelector('[data-label]')?.value ?? '';
    const values = [...at.querySelectorAll('[data-value]')]
      .filter(value => !value.closest('[disabled]') && (value.type === 'hidden' || value.checked)).map(value => value.value);
    if (label || values.length) parts.push((label ? label + (values.length ? ': ' : '') : '') + values.join(', '));
    for (const date of at.querySelectorAll('[data-date]')) {
      if (date.value) parts.push(`${date.dataset.date === 'since' ? page.since : page.until} ${date.value}`);
    }
    const lines = name => at.querySelector(`[name^="${name}."]`).value.split(/\n+/).filter(Boolean).join(', ');
    if (lines('include')) parts.push(`${page.only} ${lines('include')}`);
    if (lines('exclude')) parts.push(`${page.without} ${lines('exclude')}`);
    at.querySelector('[data-chosen]').textContent = parts.join(' · ');
  }

  async function labels(at) {
    const box = at.querySelector('[data-labels]');
    const dataset = at.querySelector('[data-dataset]');
    if (!dataset || box.dataset.state) return;
    box.dataset.state = 'asked';
    box.querySelector('[data-failed-words]')?.remove();
    const wait = document.createElement('p');
    wait.className = 'hint';
    wait.textContent = box.dataset.loading;
    box.append(wait);
    const parameters = new URLSearchParams({ dataset: dataset.value, key: at.dataset.key, label: at.querySelector('[data-label]').value });
    at.querySelectorAll('[data-value]').forEach(value => parameters.append('value', value.value));
    const answer = await ask('/compose/labels?' + parameters);
    if (answer?.ok) put(box, await answer.text());
    else {
      wait.textContent = box.dataset.failed;
      wait.dataset.failedWords = '';
      wait.setAttribute('role', 'alert');
      delete box.dataset.state;
      if (answer) await alarm(answer);
    }
  }

  function amount(at, kind, value) {
    at.querySelector('[data-kind]').value = kind;
    for (const input of at.querySelectorAll('[data-amount]')) {
      if (input.dataset.amount === kind) {
        delete input.dataset.derived;
        if (value !== undefined) input.value = value;
      } else input.dataset.derived = '';
    }
  }

  function begin() {
    rows().forEach(at => {
      amount(at, at.querySelector('[data-kind]').value);
      describe(at);
      if (at.querySelector('.conditions').open) labels(at);
    });
    follow();
  }

  async function add(dataset, button) {
    const key = (nextKey++).toString(36);
    const answer = await ask('/compose/row?' + new URLSearchParams({ dataset, key }));
    if (!answer) return;
    if (!answer.ok) {
      await alarm(answer);
      return;
    }
    by('rows').insertAdjacentHTML('beforeend', await answer.text());
    const at = row(key);
    amount(at, 'weight');
    window.admix.say(page.added.replace('{0}', at.dataset.name));
    if (button && button.isConnected) button.focus();
    changed(0);
  }

  function remove(at) {
    const near = at.nextElementSibling ?? at.previousElementSibling;
    at.remove();
    window.admix.say(page.removed.replace('{0}', at.dataset.name));
    (near?.querySelector('[data-remove]') ?? by('find')).focus();
    changed(0);
  }

  function fill(value) {
    rows().forEach(at => amount(at, 'weight', value(at)));
    changed(0);
  }

  // ---- Finding datasets.

  let finding;
  let findTimer;

  async function find() {
    finding?.abort();
    finding = new AbortController();
    const mine = finding;
    const answer = await ask('/compose/datasets?' + new URLSearchParams({ q: by('find').value }), null, mine.signal);
    const text = answer?.ok ? await answer.text().catch(() => null) : null;
    if (mine !== finding || text === null) return false;
    put(by('found'), text);
    by('found').hidden = false;
    by('found').scrollIntoView({ block: 'nearest' });
    return true;
  }

  async function keyInFinder(event) {
    const buttons = [...by('found').querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === 'Escape' && !by('found').hidden) {
      by('found').hidden = true;
      by('find').focus();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const to = at + (event.key === 'ArrowDown' ? 1 : -1);
      if (to < 0) by('find').focus();
      else buttons[Math.min(to, buttons.length - 1)]?.focus();
    } else if (event.key === 'Enter' && event.target.id === 'find') {
      event.preventDefault();
      clearTimeout(findTimer);
      if (await find()) {
        const first = by('found').querySelector('button');
        if (first) await add(first.dataset.add);
      }
    }
  }

  // ---- YAML.

  async function read(text, isDraft) {
    const answer = await ask('/compose/read?draft=' + isDraft, text);
    if (!answer) return;
    if (!answer.ok && answer.status !== 422) {
      await alarm(answer);
      return;
    }
    const html = await answer.text();
    if (answer.ok) {
      by('unread').replaceChildren();
      put(by('fields'), html);
      rows().forEach(at => { nextKey = Math.max(nextKey, parseInt(at.dataset.key, 36) + 1); });
      if (!isDraft) {
        isTouched = true;
        window.admix.say(page.takenOver);
      }
      begin();
      if (await preview()) yaml.value = live.querySelector('[data-yaml]').textContent;
    } else put(by('unread'), html);
  }

  function goToLine(number) {
    const lines = yaml.value.split('\n');
    const start = lines.slice(0, number - 1).join('\n').length + (number > 1 ? 1 : 0);
    yaml.focus();
    yaml.setSelectionRange(start, start + (lines[number - 1] ?? '').length);
  }

  // ---- Making it.

  async function make() {
    if (isMaking || create.disabled) return;
    isMaking = true;
    create.disabled = true;
    clearTimeout(trialTimer);
    const answer = await ask('/compose', said());
    const there = answer?.headers.get('HX-Redirect');
    if (there) {
      location.assign(there);
      return;
    }
    isMaking = false;
    create.disabled = live.querySelector('[data-live]').dataset.ready !== 'true';
    if (answer) await alarm(answer);
  }

  // ---- What happens on the page.

  form.addEventListener('submit', event => {
    event.preventDefault();
    if (event.submitter === create) make();
  });

  form.addEventListener('input', event => {
    const input = event.target;
    if (input.id === 'find') {
      clearTimeout(findTimer);
      findTimer = setTimeout(find, TYPING_MS);
      return;
    }
    const at = input.closest('.source');
    if (at && input.dataset.amount) amount(at, input.dataset.amount);
    if (at && input.dataset.label !== undefined && input.tagName === 'SELECT') {
      at.querySelectorAll('.values, [data-labels] > [data-value]').forEach(values => {
        const isOf = values.dataset.of === input.value;
        values.hidden = !isOf;
        values.disabled = !isOf;
      });
    }
    if (at) describe(at);
    if (input.id === 'total') by('total-files').checked = true;
    changed();
  });

  form.addEventListener('toggle', event => {
    if (event.target.classList.contains('conditions') && event.target.open) labels(event.target.closest('.source'));
  }, true);

  form.addEventListener('focusin', event => {
    if (event.target.id === 'find' && by('found').hidden) find();
  });

  // A click on what is no control has no target here, and is seen as a click.
  form.addEventListener('focusout', event => {
    if (event.target.closest('.finder') && event.relatedTarget && !event.relatedTarget.closest('.finder')) by('found').hidden = true;
  });

  form.addEventListener('keydown', event => {
    if (event.target.closest('.finder')) keyInFinder(event);
    // Enter in a field would press Create.
    else if (event.key === 'Enter' && event.target.tagName === 'INPUT') {
      event.preventDefault();
      changed(0);
    }
  });

  document.addEventListener('click', event => {
    const button = event.target.closest('button, a');
    const finder = event.target.closest('.finder');
    if (!finder && by('found')) by('found').hidden = true;
    if (!button) return;
    const at = button.closest('.source');
    if (button.dataset.add) add(button.dataset.add, button);
    else if ('remove' in button.dataset) remove(at);
    else if ('up' in button.dataset) {
      at.previousElementSibling?.before(at);
      button.focus();
      changed(0);
    } else if (button.id === 'average') fill(() => '1');
    else if (button.id === 'by-size') fill(one => Math.max(1, Number(one.dataset.files)).toString());
    else if (button.id === 'try') tryIt(false);
    else if (button.id === 'take-over') read(yaml.value, false);
    else if (button.dataset.line) {
      event.preventDefault();
      goToLine(Number(button.dataset.line));
    } else if (button.dataset.page) turn(button.dataset.page);
    else if (button.id === 'language' || button.id === 'theme') {
      const to = new URL(button.href);
      to.searchParams.set('back', location.pathname + location.search + location.hash);
      button.href = to.href;
    }
  });

  async function turn(address) {
    const answer = await ask(address);
    if (answer?.ok) put(by('files'), await answer.text());
    else if (answer) await alarm(answer);
  }

  // Back from the task: the page is as it was left.
  window.addEventListener('pageshow', event => {
    if (!event.persisted) return;
    isMaking = false;
    // The next Create is another mix, also when the recipe is the same.
    const bytes = crypto.getRandomValues(new Uint8Array(18));
    form.elements.key.value = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
    later(0);
  });

  const carried = location.hash.startsWith('#r=') ? location.hash.slice(3) : '';
  if (carried) {
    let text = '';
    try { text = decodeURIComponent(carried); } catch { /* Cut off by whoever passed it on. */ }
    if (text) read(text, true);
  }
  begin();
})();
