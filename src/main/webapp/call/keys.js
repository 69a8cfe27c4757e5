import { letterOf } from '../common/keys.js';

/** What single keys do in the call. @param {Record<string, () => void>} acts by letter @param {() => boolean} isInCall */
export function listenToKeys(acts, isInCall) {
  addEventListener('keydown', (event) => {
    const act = acts[letterOf(event)];
    if (!act || !isInCall() || isTyping(event.target)) return;
    event.preventDefault();
    act();
  });
}

/** @param {EventTarget | null} target */
const isTyping = (target) => target instanceof Element && target.closest('input, select, textarea, [contenteditable], dialog') !== null;
