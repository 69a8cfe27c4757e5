/** @typedef {import('../lib/tokenly.js').Fields} Frame */
/** @typedef {import('../common/language.js').Text} Text */
/** @typedef {import('../common/language.js').Values} Values */
/** @typedef {import('./texts.js').TextKey} TextKey */

/** @typedef {'joining' | 'connected' | 'outside' | 'takenOver'} Place where a session stands while there is a connection */
/** @typedef {'idle' | 'leaving' | 'connecting' | 'waiting' | 'gaveUp' | 'refused' | Place} State */
/** @typedef {'connect' | 'reconnect' | 'due' | 'opened' | 'joined' | 'ended' | 'lost' | 'exhausted' | 'refused' | 'disconnect' | 'left'} Step */
/** @typedef {'connect' | 'reconnect' | 'disconnect' | 'fail'} Act what a person can ask of a connection */
/** @typedef {{ text: Text, values?: Values }} Saying */

/**
 * The client at one moment.
 * @typedef {object} View
 * @property {State} state
 * @property {number} attempt the attempt that is due or under way, 0 where there was no loss
 * @property {number} maxAttempts
 * @property {number} delay before that attempt, in ms
 * @property {number} dueAt when it is due, by the clock that is never set
 * @property {number} pending messages that the server has not acknowledged
 * @property {Saying | undefined} why what the person at the page should know and do
 */

/** @typedef {{ replayed: number, resent: number }} Counts of a session that was resumed: messages that follow from before, and that were sent after */
/** @typedef {{ step: Step, view: View, from: State, counts?: Counts | undefined }} Move */

/** @typedef {'messagesSent' | 'messagesAcked' | 'messagesHeard' | 'messagesLost' | 'resets'} Countable */

/**
 * Who hears of what the client does.
 * @typedef {object} Listener
 * @property {(key: TextKey, values?: Values) => void} said a line for the log
 * @property {(move: Move) => void} moved
 * @property {(what: Countable, count: number) => void} counted messages, or beginnings of a new epoch
 * @property {() => void} changed who is in the room
 * @property {(text: string, frame: Frame) => void} sent without what is secret
 * @property {(data: unknown, frame: Frame | undefined, isReplayed: boolean) => void} received
 * @property {(millis: number) => void} answered the round trip of a ping
 */

/** What the page makes of the states of the library; while that is connected, the place in the room counts. */
export const STATES = /** @type {const} */ ({
  idle: 'connecting', connecting: 'connecting', welcoming: 'joining', waiting: 'waiting', 'gave-up': 'gaveUp', resting: 'refused', refused: 'refused', closed: 'idle',
});

/** @type {State[]} */
const OPEN = ['joining', 'connected', 'outside'];
/** @type {State[]} */
const STOPPED = ['gaveUp', 'refused', 'takenOver'];
/** @type {State[]} */
const UNDER_WAY = ['connecting', ...OPEN, 'waiting', ...STOPPED];

/** In which states each act can be asked for. @type {Record<Act, readonly State[]>} */
export const FITS = { connect: ['idle', ...STOPPED], reconnect: UNDER_WAY, disconnect: UNDER_WAY, fail: OPEN };

/** @param {State} state whether a connection is open in it */
export const isOpenIn = (state) => OPEN.includes(state);
