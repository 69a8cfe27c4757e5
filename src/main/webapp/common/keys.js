/** @typedef {Pick<KeyboardEvent, 'key' | 'code' | 'repeat' | 'defaultPrevented' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>} KeyPress */

/**
 * The letter or digit that a press means; empty for none. With a modifier it means something to the browser, and a key that is held is
 * pressed once. On a keyboard that writes no Latin letters, as in Korean, the place of the key counts.
 *
 * @param {Partial<KeyPress>} press a browser that fills a form in by itself sends presses without a key @returns {string}
 */
export function letterOf({ key = '', code = '', repeat, defaultPrevented, ctrlKey, altKey, metaKey, shiftKey }) {
  if (repeat || defaultPrevented || ctrlKey || altKey || metaKey || shiftKey) return '';
  const isLatin = /^[\x20-\x7e]$/.test(key);
  return (isLatin ? key : code.replace(/^Key/, '')).toLowerCase();
}
