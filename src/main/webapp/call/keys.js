/** What single keys do in the call. @param {Record<string, () => void>} acts by key @param {() => boolean} isInCall */
export function listenToKeys(acts, isInCall) {
  addEventListener('keydown', (event) => {
    const { key, ctrlKey, altKey, metaKey, repeat, target } = event;
    const act = acts[key.toLowerCase()];
    if (!act || ctrlKey || altKey || metaKey || repeat || !isInCall() || isTyping(target)) return;
    event.preventDefault();
    act();
  });
}

/** @param {EventTarget | null} target */
const isTyping = (target) => target instanceof Element && target.closest('input, select, textarea, [contenteditable], dialog') !== null;
