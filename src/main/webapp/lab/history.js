import { Lane } from './lane.js';
import { isOpenIn } from './states.js';

/** @typedef {import('./states.js').Counts} Counts */
/** @typedef {import('./states.js').Move} Move */
/** @typedef {import('./states.js').View} View */
/** @typedef {import('../common/server-status.js').ServerStatus} ServerStatus */

/** How far back the time line reaches. */
export const HISTORY_MILLIS = 60_000;

/** The server was not asked for so long that nobody knows what was so. */
const GAP_MILLIS = 5000;

/** @typedef {'idle' | 'connecting' | 'connected' | 'reconnecting' | 'givenUp' | 'refused' | 'takenOver' | 'outside'} Face what a person is shown of a state */

/** @param {Pick<View, 'state' | 'attempt'>} view @returns {Face} */
export function faceOf({ state, attempt }) {
  switch (state) {
    case 'leaving': return 'idle';
    case 'connecting':
    case 'joining': return attempt > 0 ? 'reconnecting' : 'connecting';
    case 'waiting': return 'reconnecting';
    case 'gaveUp': return 'givenUp';
    default: return state;
  }
}

/** The last minute of the connection, and of the server's own view of it. */
export class History {
  connection = new Lane(HISTORY_MILLIS);
  server = new Lane(HISTORY_MILLIS);
  #isAway = false;
  /** What the server counted when it was last asked; at first nobody knows. */
  #attempts = Infinity;
  #askedAt = 0;

  /** @param {Move} move @param {number} at */
  moved({ step, view, from, counts }, at) {
    const isLoss = isOpenIn(from) && (step === 'lost' || step === 'exhausted');
    this.connection.enter(faceOf(view), at);
    if (isLoss) this.#mark('lost', at);
    if (step === 'due') this.#mark('attempt', at, `${seconds(view.delay)}s`);
    if (step === 'reconnect') this.#mark('attempt', at, '↻');
    if (step === 'exhausted') this.#mark('gaveUp', at);
    if (step === 'joined' && (this.#isAway || counts)) this.#mark('back', at, counts && labelOf(counts));
    if (isLoss) this.#isAway = true;
    if (step === 'joined' || step === 'disconnect') this.#isAway = false;
  }

  /** @param {'messagesLost' | 'resets'} what @param {number} at */
  happened(what, at) {
    this.#mark(what === 'resets' ? 'reset' : 'messageLost', at);
  }

  /** @param {ServerStatus | undefined} status undefined where the server did not answer @param {number} at */
  asked(status, at) {
    if (at - this.#askedAt > GAP_MILLIS) this.server.pause();
    this.#askedAt = at;
    this.server.enter(status?.state ?? 'unreachable', at);
    if (!status) return;
    const attempts = status.reconnect_attempts;
    if (attempts > this.#attempts) this.server.mark({ kind: 'due', at, label: `#${attempts}` });
    this.#attempts = attempts;
  }

  /** Nothing has changed up to now. @param {number} now */
  look(now) {
    this.connection.extend(now);
    if (now - this.#askedAt <= GAP_MILLIS) this.server.extend(now);
  }

  /** @param {import('./lane.js').Mark['kind']} kind @param {number} at @param {string} [label] */
  #mark(kind, at, label = '') {
    this.connection.mark({ kind, at, label });
  }
}

/** What a resumed session brought, as short as it can be read. @param {Counts} counts */
const labelOf = ({ replayed, resent }) => [replayed > 0 && `↓${replayed}`, resent > 0 && `↑${resent}`].filter(Boolean).join(' ');

/** A delay in seconds, as short as it can be read. @param {number} millis */
export const seconds = (millis) => Number((millis / 1000).toPrecision(2));
