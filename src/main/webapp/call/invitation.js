import { copy } from '../common/clipboard.js';

/** @typedef {import('./message.js').Message} Message */

const NEWS_MILLIS = 5000;

/** The buttons that copy the link to the room. @param {() => string} room @param {Message} message */
export function offerInvitations(room, message) {
  for (const button of document.querySelectorAll('.copy-invite')) {
    button.addEventListener('click', async () => message.show((await copy(linkTo(room()))) ? 'copied' : 'notCopied', { millis: NEWS_MILLIS }));
  }
}

/** @param {string} room */
function linkTo(room) {
  const link = new URL('call.html', location.href);
  link.searchParams.set('room', room);
  return link.href;
}
