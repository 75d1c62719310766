/** Starts the page: which part leads to which, and clearing. */
import { input, onChange, onClick, openPart, show } from './dom.ts';
import { threshold } from './judge.ts';
import { startKeyParts } from './part-key.ts';
import { startSetPart } from './part-set.ts';
import { beginShares, endShares, startSharesPart } from './part-shares.ts';
import { stopCamera } from './scan.ts';
import { state, wipeState } from './state.ts';

/** Everything goes: what can be wiped is, and the page begins anew. */
const clear = (): void => {
  stopCamera();
  wipeState();
  for (const field of document.querySelectorAll('input')) if (field.type !== 'checkbox' && field.type !== 'radio') field.value = '';
  location.reload();
};

const sharesChanged = (): void => {
  const need = threshold(state.wanted!, state.taken);
  show('part-rebuild', need !== null && state.taken.length >= need);
};

// A browser may put back what was ticked and typed before: nothing of that may stay.
for (const form of document.querySelectorAll('input')) { if (form.type === 'checkbox') form.checked = false; else if (form.type === 'radio') form.checked = form.defaultChecked; else form.value = form.defaultValue; }
onClick('print', () => { print(); });
onClick('clear', clear);
onChange('understood', () => { if (input('understood').checked) openPart('part-set'); else if (state.wanted === null) show('part-set', false); });
startSetPart(beginShares);
startSharesPart(sharesChanged);
startKeyParts(endShares);
addEventListener('pagehide', () => { stopCamera(); wipeState(); });
