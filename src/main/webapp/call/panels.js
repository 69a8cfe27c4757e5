import { byId } from '../common/dom.js';
import { onClick } from './speech.js';

/** Each button, and what it opens: `…-panel`. At most one is open. */
const BUTTONS = ['people', 'devices', 'bad-network'];

/** The panels beside the tiles. */
export class Panels {
  constructor() {
    for (const id of BUTTONS) {
      onClick(id, () => this.#toggle(id));
      byId(`${id}-panel`).querySelector('[data-close]')?.addEventListener('click', () => this.#dismiss(id));
    }
    addEventListener('keydown', ({ key }) => {
      const open = BUTTONS.find((id) => !byId(`${id}-panel`).hidden);
      if (key === 'Escape' && open && !document.querySelector('dialog[open]')) this.#dismiss(open);
    });
  }

  closeAll() {
    for (const id of BUTTONS) this.#set(id, false);
  }

  /** @param {string} id of the button */
  #toggle(id) {
    const isOpening = byId(`${id}-panel`).hidden === true;
    this.closeAll();
    this.#set(id, isOpening);
  }

  /** @param {string} id of the button, which has the focus then */
  #dismiss(id) {
    this.#set(id, false);
    byId(id).focus();
  }

  /** @param {string} id @param {boolean} isOpen */
  #set(id, isOpen) {
    byId(`${id}-panel`).hidden = !isOpen;
    byId(id).setAttribute('aria-expanded', String(isOpen));
    document.body.classList.toggle('with-panel', BUTTONS.some((each) => !byId(`${each}-panel`).hidden));
  }
}
