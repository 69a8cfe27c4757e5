import { callAddress } from '../common/call-address.js';
import { copy } from '../common/clipboard.js';

/** @typedef {import('./message.js').Message} Message */

const NEWS_MILLIS = 5000;

/** The buttons that copy the link to the room. @param {() => string} room @param {Message} message */
export function offerInvitations(room, message) {
  for (const button of document.querySelectorAll('.copy-invite')) {
    button.addEventListener('click', async () => message.show((await copy(callAddress(location.href, room()).href)) ? 'copied' : 'inviteNotCopied', { millis: NEWS_MILLIS }));
  }
}
