/** @typedef {import('./tokenly.js').ConnectOptions} ConnectOptions */
/** @typedef {import('./tokenly.js').Fields} Fields */

/**
 * How to come back, and what a connection may carry.
 * @typedef {object} Policy
 * @property {readonly number[]} delays ms before each attempt
 * @property {number} maxAttempts in a row that fail until the client gives up; Infinity: it never does
 * @property {number} jitter
 * @property {number} connectTimeoutMillis
 * @property {number} resetAfterMillis how long a connection lives before the count of attempts starts anew
 * @property {{ intervalMillis: number, timeoutMillis: number }} heartbeat
 * @property {number} frameBytes
 * @property {readonly string[]} features of the server; none: an older one
 */

/** What holds before the first `welcome` (PROTOCOL.md, "Reconnecting" and "Framing"). */
const DEFAULTS = {
  delays: [1000, 2000, 4000, 8000, 16_000],
  announcedAttempts: 5,
  jitter: 0.2,
  connectTimeoutMillis: 10_000,
  resetAfterMillis: 5000,
  intervalMillis: 10_000,
  timeoutMillis: 20_000,
  frameBytes: 65_536,
};

/** What the options say, else what the server says, else the defaults. @param {ConnectOptions} options @param {Fields} [welcome] @returns {Policy} */
export function policyOf(options, welcome = {}) {
  const { reconnect = {}, heartbeat = {}, limits = {} } = welcome;
  const told = Array.isArray(reconnect.delays_ms) && reconnect.delays_ms.length > 0 ? reconnect.delays_ms.map(Number) : DEFAULTS.delays;
  const delays = options.delays ?? told;
  const intervalMillis = numberOf(heartbeat.interval_ms, DEFAULTS.intervalMillis);
  const lostMillis = numberOf(heartbeat.timeout_ms, DEFAULTS.timeoutMillis);
  return {
    delays,
    maxAttempts: attemptsOf(options, reconnect.max_attempts),
    jitter: options.jitter ?? numberOf(reconnect.jitter, DEFAULTS.jitter),
    connectTimeoutMillis: options.connectTimeoutMillis ?? numberOf(reconnect.connect_timeout_ms, DEFAULTS.connectTimeoutMillis),
    resetAfterMillis: numberOf(reconnect.reset_after_ms, DEFAULTS.resetAfterMillis),
    heartbeat: {
      intervalMillis: options.heartbeat?.intervalMillis ?? intervalMillis,
      // The server counts from the last thing it heard, we from the ping, which comes an interval later.
      timeoutMillis: options.heartbeat?.timeoutMillis ?? (lostMillis > intervalMillis ? lostMillis - intervalMillis : lostMillis),
    },
    frameBytes: numberOf(limits.frame_bytes, DEFAULTS.frameBytes),
    features: Array.isArray(welcome['features']) ? welcome['features'] : [],
  };
}

/** Giving up is the application's decision: where it lists its own delays, that list is the decision. @param {ConnectOptions} options @param {unknown} announced */
function attemptsOf({ delays, maxAttempts }, announced) {
  if (maxAttempts === 'announced') return numberOf(announced, DEFAULTS.announcedAttempts);
  return maxAttempts ?? delays?.length ?? Infinity;
}

/** @param {unknown} value @param {number} fallback where it is no number from 0 */
function numberOf(value, fallback) {
  return typeof value === 'number' && value >= 0 ? value : fallback;
}
