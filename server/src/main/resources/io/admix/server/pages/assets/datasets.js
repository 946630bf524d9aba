// What the pages of datasets do beyond links and forms: the folder picker by keyboard, the preview as a dialog.
(() => {
  'use strict';
  const byId = id => document.getElementById(id);

  // Which folder was shown last, so that a name that somebody typed is not replaced.
  let suggested = byId('picker')?.dataset.name ?? '';
  let cameFrom = null;

  function suggest(picker) {
    const name = byId('name');
    if (name && (name.value === '' || name.value === suggested)) name.value = picker.dataset.name;
    suggested = picker.dataset.name;
  }

  function neighbour(list, element, key) {
    const links = [...list.querySelectorAll('a')];
    const at = links.indexOf(element);
    switch (key) {
      case 'ArrowDown': return links[Math.min(at + 1, links.length - 1)];
      case 'ArrowUp': return links[Math.max(at - 1, 0)];
      case 'Home': return links[0];
      case 'End': return links.at(-1);
      default: return null;
    }
  }

  document.addEventListener('keydown', event => {
    const list = event.target.closest?.('.folder-list');
    const next = list && neighbour(list, event.target, event.key);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  document.addEventListener('htmx:beforeRequest', event => {
    if (event.detail.target?.id === 'picker') cameFrom = event.detail.elt;
  });

  document.addEventListener('htmx:afterSettle', event => {
    const picker = byId('picker');
    if (picker && event.detail.requestConfig?.path.startsWith('/datasets/register/folders')) {
      suggest(picker);
      if (cameFrom && cameFrom.tagName === 'A') byId('here')?.focus();
      cameFrom = null;
    }
    if (event.detail.target?.id === 'register') {
      document.querySelector('#register [aria-invalid="true"]')?.focus();
    }
  });

  // The preview: opened by a file's link, led on by the arrows.
  let looked = null;
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a.look');
    if (link) looked = link;
  });
  document.addEventListener('htmx:afterSwap', event => {
    if (event.detail.target?.id !== 'preview-body') return;
    const dialog = byId('preview');
    if (!dialog.open) dialog.showModal();
    byId('preview-title')?.focus();
  });
  document.addEventListener('keydown', event => {
    const dialog = byId('preview');
    if (!dialog?.open || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return;
    const files = [...document.querySelectorAll('a.look')];
    const next = files[files.indexOf(looked) + (event.key === 'ArrowRight' ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.click();
    }
  });

  // A dialog whose request was refused would hide what is said about it.
  document.addEventListener('htmx:afterRequest', event => {
    if (!event.detail.successful) event.detail.elt.closest?.('dialog[open]')?.close();
  });

  // Files are searched without the rest of the page: what is asked anew is what its address says by now.
  document.addEventListener('htmx:configRequest', event => {
    if (event.detail.elt.id === 'contents') event.detail.path = location.pathname + location.search;
  });

  // What was done is told once, and to nobody who is given the address.
  const address = new URL(location.href);
  if (address.searchParams.has('said')) {
    address.searchParams.delete('said');
    history.replaceState(history.state, '', address);
  }

  document.body.addEventListener('datasets-read', () => {
    const said = byId('scans')?.dataset.said;
    if (said) window.admix.say(said);
  });
})();
