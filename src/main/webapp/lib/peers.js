/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').PresenceEvents} Events */
/** @typedef {{ [K in keyof Events]: [name: K, event: Events[K]] }[keyof Events]} Change what the application is told */
/** @typedef {{ peers?: unknown, incarnations?: unknown, away?: unknown, last?: number }} Snapshot who is in the room once message `last` of the mailbox is processed, as the server lists it */

/** Who else is in the room, as far as the server has told. What is known already changes nothing, and is told to no one. */
export class Peers {
  /** @type {Map<string, 'present' | 'away'>} */
  presences = new Map();
  /** The owner of each name, where the server tells: it stays the same until another client is given the name. @type {Map<string, string>} */
  #incarnations = new Map();

  /** @param {string} peer */
  incarnationOf(peer) {
    return this.#incarnations.get(peer);
  }

  /** A new epoch begins, with these. @param {Snapshot} snapshot */
  restart(snapshot) {
    this.presences.clear();
    this.#incarnations.clear();
    for (const { peer, incarnation, presence } of listed(snapshot)) this.#set(peer, presence, incarnation);
  }

  /** @param {Snapshot} snapshot of now, which may differ in any way @returns {Change[]} */
  compare(snapshot) {
    const now = listed(snapshot);
    const names = new Set(now.map(({ peer }) => peer));
    const gone = [...this.presences.keys()].filter((peer) => !names.has(peer));
    return [...gone.flatMap((peer) => this.#leave(peer, 'unknown')), ...now.flatMap((entry) => this.#compareOne(entry))];
  }

  /** @param {Fields} message about a peer @returns {Change[]} */
  take({ type, peer, reason, incarnation }) {
    switch (type) {
      case 'peer-joined':
        return this.#join(peer, incarnation);
      case 'peer-away':
      case 'peer-back': {
        const presence = type === 'peer-away' ? 'away' : 'present';
        const changes = this.#isOther(peer, incarnation) ? this.#join(peer, incarnation) : [];
        const isKnown = this.presences.get(peer) === presence;
        this.#set(peer, presence, incarnation);
        return isKnown ? changes : [...changes, [type, eventOf(peer, incarnation)]];
      }
      case 'peer-restarted': // so it is on a connection
        this.#set(peer, 'present', incarnation);
        return [[type, { ...eventOf(peer, incarnation), reason }]];
      case 'peer-left':
        return this.presences.has(peer) ? this.#leave(peer, reason) : [];
      default: // of a later version of the protocol
        return [];
    }
  }

  /** A message from before the snapshot with which we have compared. @param {Fields} message @returns {Change[]} */
  takeOlder({ type, peer, reason, incarnation }) {
    return type === 'peer-restarted' && this.presences.has(peer) && !this.#isOther(peer, incarnation) ? [[type, { ...eventOf(peer, incarnation), reason }]] : [];
  }

  /** @param {{ peer: string, incarnation: string | undefined, presence: 'present' | 'away' }} entry of a snapshot @returns {Change[]} */
  #compareOne({ peer, incarnation, presence }) {
    const joined = this.presences.has(peer) ? [] : this.#join(peer, incarnation);
    return [...joined, ...this.take({ type: presence === 'away' ? 'peer-away' : 'peer-back', peer, incarnation })];
  }

  /** @param {string} peer @param {string | undefined} incarnation @returns {Change[]} */
  #join(peer, incarnation) {
    const isKnown = incarnation !== undefined && this.#incarnations.get(peer) === incarnation;
    if (isKnown) return [];
    const before = this.#isOther(peer, incarnation) ? this.#leave(peer, 'replaced') : [];
    this.#set(peer, 'present', incarnation);
    return [...before, ['peer-joined', eventOf(peer, incarnation)]];
  }

  /** @param {string} peer @param {string | undefined} incarnation */
  #isOther(peer, incarnation) {
    const known = this.#incarnations.get(peer);
    return known !== undefined && incarnation !== undefined && known !== incarnation;
  }

  /** @param {string} peer @param {string} reason @returns {Change[]} */
  #leave(peer, reason) {
    const incarnation = this.#incarnations.get(peer);
    this.presences.delete(peer);
    this.#incarnations.delete(peer);
    return [['peer-left', { ...eventOf(peer, incarnation), reason }]];
  }

  /** @param {string} peer @param {'present' | 'away'} presence @param {string | undefined} incarnation where it is told */
  #set(peer, presence, incarnation) {
    this.presences.set(peer, presence);
    if (incarnation !== undefined) this.#incarnations.set(peer, incarnation);
  }
}

/** @param {string} peer @param {string | undefined} incarnation */
const eventOf = (peer, incarnation) => (incarnation === undefined ? { peer } : { peer, incarnation });

/** @param {Snapshot} snapshot @returns {{ peer: string, incarnation: string | undefined, presence: 'present' | 'away' }[]} */
function listed({ peers, incarnations, away }) {
  const isAway = new Set(Array.isArray(away) ? away : []);
  return (Array.isArray(peers) ? peers : []).map((peer, k) => ({
    peer,
    incarnation: Array.isArray(incarnations) ? incarnations[k] : undefined,
    presence: isAway.has(peer) ? 'away' : 'present',
  }));
}
