/** @typedef {'ko' | 'en'} Language */
/** @typedef {readonly [string, string]} Text one thing to say, in the order of LANGUAGES */
/** @typedef {Readonly<Record<string, unknown>>} Values what `{name}` in a text stands for; a Text among them is said too */
/** @typedef {(text: Text, values?: Values) => string} Speak */

/** @type {readonly Language[]} */
export const LANGUAGES = ['ko', 'en'];

/** @param {Language} language @param {Text} text @param {Values} [values] @returns {string} */
export function say(language, text, values = {}) {
  const index = LANGUAGES.indexOf(language);
  return String(text[index]).replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return Array.isArray(value) ? String(value[index]) : String(value);
  });
}

/** The first of the wished languages that the page speaks, English where it speaks none. @param {readonly string[]} wishes @returns {Language} */
export function chooseLanguage(wishes) {
  const tags = wishes.map((wish) => wish.slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === tags.find((tag) => LANGUAGES.some((known) => known === tag))) ?? 'en';
}
