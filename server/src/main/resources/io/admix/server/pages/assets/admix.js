// What every page does: times in the user's zone, plots when there are some, copying, dialogs, and what happens when the service is away.
(() => {
  'use strict';
  const body = document.body;
  const language = document.documentElement.lang === 'zh' ? 'zh-CN' : 'en-GB';
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' });

  const each = (root, selector, act) => {
    if (root.matches && root.matches(selector)) act(root);
    root.querySelectorAll(selector).forEach(act);
  };

  function times(root) {
    each(root, 'time[datetime]:not([title])', element => {
      const at = new Date(element.dateTime);
      if (Number.isNaN(at.getTime())) return;
      element.textContent = moment.format(at);
      element.title = exact.format(at);
    });
  }

  let saying;
  function say(text) {
    const said = document.getElementById('said');
    said.textContent = text;
    said.classList.add('shown');
    clearTimeout(saying);
    saying = setTimeout(() => said.classList.remove('shown'), 2500);
  }

  function alarm(text) {
    const box = document.createElement('div');
    box.className = 'alert bad';
    box.dataset.alarm = '';
    box.textContent = text;
    document.getElementById('alerts').replaceChildren(box);
  }

  // Scripts are loaded once, and only by pages that draw.
  const loading = new Map();
  function load(address) {
    if (!loading.has(address)) {
      loading.set(address, new Promise((done, failed) => {
        const script = document.createElement('script');
        script.src = address;
        script.onload = done;
        // Whoever needs it later asks again.
        script.onerror = fault => {
          loading.delete(address);
          script.remove();
          failed(fault);
        };
        document.head.append(script);
      }));
    }
    return loading.get(address);
  }

  async function plots(root) {
    const found = [];
    each(root, '[data-plot], [data-network]', element => found.push(element));
    if (found.length === 0) return;
    await load(body.dataset.echarts);
    await load(body.dataset.plots);
    found.forEach(element => window.admixPlots.draw(element));
  }

  function found(root) {
    times(root);
    plots(root);
  }

  async function copy(button) {
    const source = button.dataset.copy ? document.querySelector(button.dataset.copy) : null;
    const text = source ? source.value ?? source.textContent : button.dataset.copyText;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Pages without TLS on another host have no clipboard.
      const field = document.createElement('textarea');
      field.value = text;
      (button.closest('dialog') ?? body).append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
      button.focus();
    }
    say(body.dataset.copied);
  }

  document.addEventListener('click', event => {
    const element = event.target.closest('[data-copy], [data-copy-text], [data-dialog], [data-close]');
    if (!element) return;
    if (element.dataset.dialog) document.querySelector(element.dataset.dialog).showModal();
    else if ('close' in element.dataset) element.closest('dialog').close();
    else copy(element);
  });

  document.addEventListener('htmx:configRequest', event => {
    if (body.dataset.csrf) event.detail.headers['X-CSRF-TOKEN'] = body.dataset.csrf;
  });
  // What has changed by itself is told by one element that stays: readers pass over one that is new.
  const news = root => [...root.querySelectorAll('[data-heard]')].map(element => element.textContent.trim()).join(' ');
  let heard = news(body);
  function hear() {
    const now = news(body);
    if (now === heard) return;
    heard = now;
    document.getElementById('heard').textContent = now;
  }

  document.addEventListener('htmx:load', event => {
    if (event.detail.elt === body) return;
    found(event.detail.elt);
    hear();
  });

  // What a page asks for again and again is drawn when it is news, not under a pressed button, and not in place of what somebody has asked for meanwhile.
  const drawn = new WeakMap();
  let isPressed = false;
  document.addEventListener('pointerdown', () => { isPressed = true; }, true);
  ['pointerup', 'pointercancel', 'dragend', 'blur'].forEach(end => window.addEventListener(end, () => { isPressed = false; }, true));
  document.addEventListener('htmx:beforeSwap', event => {
    const { requestConfig, target, xhr, shouldSwap } = event.detail;
    const asker = requestConfig.elt;
    const isOld = !asker.isConnected || drawn.get(target) === xhr.responseText;
    const comesAgain = asker.getAttribute('hx-trigger')?.includes('every');
    if ('poll' in asker.dataset && (isOld || (isPressed && comesAgain))) event.detail.shouldSwap = false;
    else if (shouldSwap) drawn.set(target, xhr.responseText);
  });
  document.addEventListener('htmx:afterRequest', event => {
    const { successful, elt, xhr } = event.detail;
    if (xhr && xhr.status === 401) alarm(body.dataset.lost);
    // For htmx a refusal that is shown is a success.
    if (!successful || xhr.status >= 400) return;
    document.querySelector('#alerts [data-alarm]')?.remove();
    const dialog = elt.closest && elt.closest('dialog[open]');
    if (dialog && !('stays' in dialog.dataset)) dialog.close();
  });
  document.addEventListener('htmx:sendError', () => alarm(body.dataset.away));

  window.admix = { say, alarm, load, found, plots };
  found(document.body);
  // After htmx, which listens longer.
  document.addEventListener('DOMContentLoaded', () => { document.documentElement.dataset.ready = ''; });
})();
