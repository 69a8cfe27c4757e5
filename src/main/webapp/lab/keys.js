/** The keys of the page, which are those of test_client.js. */
import { byId } from '../common/dom.js';

/** @typedef {Pick<KeyboardEvent, 'key' | 'code' | 'repeat' | 'defaultPrevented' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>} KeyPress */

/** The button that each key presses, by its id. @type {ReadonlyMap<string, string>} */
const BUTTONS = new Map([['m', 'send'], ['f', 'fail'], ['r', 'reconnect'], ['s', 'server-status']]);

/** Where a key is text. */
const FIELDS = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';

/**
 * The button that a press means. With a modifier it means something to the browser, and a key that is held is pressed once. On a keyboard
 * that writes no Latin letters, as in Korean, the place of the key counts.
 * @param {KeyPress} press @returns {string | undefined} its id
 */
export function buttonOf({ key, code, repeat, defaultPrevented, ctrlKey, altKey, metaKey, shiftKey }) {
  if (repeat || defaultPrevented || ctrlKey || altKey || metaKey || shiftKey) return undefined;
  const isLatin = /^[\x20-\x7e]$/.test(key);
  return BUTTONS.get((isLatin ? key : code.replace(/^Key/, '')).toLowerCase());
}

/** Lets the keys press the buttons, except while something is typed. */
export function listenToKeys() {
  document.addEventListener('keydown', (event) => {
    const id = buttonOf(event);
    if (id && !(event.target instanceof Element && event.target.matches(FIELDS))) byId(id).click();
  });
}
