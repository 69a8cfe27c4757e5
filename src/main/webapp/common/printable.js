/** What no reader sees or what changes the line around it: control and format characters, ends of lines, what has no meaning. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** As the far side sent it, but on one line and in its own order. @param {string} text */
export const printable = (text) => text.replace(UNSEEN, escaped);

/** @param {string} character */
function escaped(character) {
  const number = /** @type {number} */ (character.codePointAt(0));
  const digits = number.toString(16);
  if (number < 0x100) return `\\x${digits.padStart(2, '0')}`;
  return number < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
}
