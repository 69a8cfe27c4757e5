import { byId, element } from '../common/dom.js';

/** The field of the token. It is no setting: those are kept over a reload. */
export class TokenField {
  /** @param {(token: string) => void} changed */
  constructor(changed) {
    const attributes = { id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'hint-token' };
    const input = /** @type {HTMLInputElement} */ (element('input', attributes));
    input.addEventListener('change', () => changed(input.value.trim()));
    const label = element('label', { for: input.id, 'data-text': 'token' });
    const hint = element('p', { id: 'hint-token', class: 'hint', 'data-text': 'tokenHint' });
    byId('setting-room').closest('.field')?.after(element('div', { class: 'field token' }, label, input, hint));
  }
}
