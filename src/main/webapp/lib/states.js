/** @typedef {import('./tokenly.js').State} State */
/** @typedef {'connect' | 'opened' | 'welcomed' | 'lost' | 'exhausted' | 'refused' | 'rest' | 'due' | 'reconnect' | 'close'} ClientStep */
/** @typedef {'fresh' | 'creating' | 'detached' | 'resuming' | 'attached' | 'ended'} SessionState */
/** @typedef {'recall' | 'create' | 'resume' | 'attach' | 'gone' | 'drop' | 'end'} SessionStep */

/** How any connection can end. */
const ENDS = /** @type {const} */ ({ lost: 'waiting', exhausted: 'gave-up', refused: 'refused', reconnect: 'connecting', close: 'closed' });

/**
 * A client: where each step leads. A step that a state does not name cannot happen there.
 * @type {Record<State, Partial<Record<ClientStep, State>>>}
 */
export const CLIENT_TABLE = {
  idle: { connect: 'connecting', reconnect: 'connecting', close: 'closed' },
  connecting: { opened: 'welcoming', ...ENDS },
  welcoming: { welcomed: 'connected', ...ENDS },
  connected: { ...ENDS, rest: 'resting' },
  resting: { connect: 'connecting', reconnect: 'connecting', close: 'closed' },
  waiting: { due: 'connecting', reconnect: 'connecting', close: 'closed' },
  'gave-up': { reconnect: 'connecting', close: 'closed' },
  refused: { reconnect: 'connecting', close: 'closed' },
  closed: {},
};

/**
 * A session: where each step leads. A step that a state does not name cannot happen there.
 * `fresh`: the server may have none, so it is created. `detached`: it had one, so it is resumed. Where it is attached the
 * server may begin a new epoch unasked, and so attaches it once more.
 * @type {Record<SessionState, Partial<Record<SessionStep, SessionState>>>}
 */
export const SESSION_TABLE = {
  fresh: { recall: 'detached', create: 'creating', end: 'ended' },
  creating: { attach: 'attached', drop: 'fresh', end: 'ended' },
  detached: { resume: 'resuming', end: 'ended' },
  resuming: { attach: 'attached', gone: 'fresh', drop: 'detached', end: 'ended' },
  attached: { attach: 'attached', drop: 'detached', end: 'ended' },
  ended: {},
};
