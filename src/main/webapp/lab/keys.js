/** The keys of the page, which are those of test_client.js. */
import { byId } from '../common/dom.js';
import { letterOf } from '../common/keys.js';

/** @typedef {import('../common/keys.js').KeyPress} KeyPress */

/** The button that each key presses, by its id. @type {ReadonlyMap<string, string>} */
const BUTTONS = new Map([['m', 'send'], ['f', 'fail'], ['r', 'reconnect'], ['s', 'server-status']]);

/** Where a key is text. */
const FIELDS = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';

/** The button that a press means. @param {Partial<KeyPress>} press @returns {string | undefined} its id */
export const buttonOf = (press) => BUTTONS.get(letterOf(press));

/** Lets the keys press the buttons, except while something is typed. */
export function listenToKeys() {
  document.addEventListener('keydown', (event) => {
    const id = buttonOf(event);
    if (id && !(event.target instanceof Element && event.target.matches(FIELDS))) byId(id).click();
  });
}
