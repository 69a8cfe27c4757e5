import { byId, element, write } from '../common/dom.js';
import { wordOf } from './state-view.js';
import { TEXTS } from './texts.js';
import { paintOf, SIGNS, svg, Timeline } from './timeline.js';

/** @typedef {import('./history.js').History} History */
/** @typedef {import('./lane.js').Lane} Lane */
/** @typedef {import('./lane.js').Mark} Mark */
/** @typedef {import('../common/language.js').Speak} Speak */
/** @typedef {import('../common/language.js').Text} Text */

/** What the bands mean, in the order of the legend: the page's word for them. @type {[string, Text][]} */
const BANDS = [
  ['connected', TEXTS.isConnected],
  ['reconnecting', TEXTS.trying],
  ['givenUp', TEXTS.isGivenUp],
  ['idle', TEXTS.isIdle],
  ['unreachable', TEXTS.unreachable],
];

/** @type {[string, Text][]} */
const MARKS = [
  ['│2s', TEXTS.attemptMark],
  ['↻', TEXTS.manualMark],
  ['#2', TEXTS.dueMark],
  [SIGNS.lost, TEXTS.lostMark],
  [SIGNS.back, TEXTS.backMark],
  ['↓2', TEXTS.replayedMark],
  ['↑1', TEXTS.resentMark],
  [SIGNS.reset, TEXTS.resetMark],
  [SIGNS.messageLost, TEXTS.messageLostMark],
  [SIGNS.gaveUp, TEXTS.gaveUpMark],
];

/** How often the text alternative and the table change at most. */
const TABLE_MILLIS = 1000;

/** The time line with its legend, and the same as text and as a table. */
export class TimelineView {
  #history;
  #speak;
  #timeline = new Timeline(byId('timeline'), byId('timeline-drawing'));
  #toldAt = 0;

  /** @param {History} history @param {Speak} speak */
  constructor(history, speak) {
    this.#history = history;
    this.#speak = speak;
    new ResizeObserver(([entry]) => {
      this.#timeline.resize(entry?.contentRect.width ?? 0);
      this.show(Date.now(), true);
    }).observe(byId('timeline'));
  }

  showLegend() {
    const bands = BANDS.map(([kind, text]) => {
      const sample = svg('svg', { width: 22, height: 12 });
      sample.append(svg('rect', { ...paintOf(kind), x: 0.5, y: 0.5, width: 21, height: 11 }));
      return element('li', {}, sample, this.#speak(text));
    });
    const marks = MARKS.map(([sign, text]) => element('li', {}, element('b', {}, sign), this.#speak(text)));
    byId('legend').replaceChildren(...bands, ...marks);
  }

  /** @param {number} now ms since 1970 @param {boolean} [isUrgent] also the slow parts */
  show(now, isUrgent = false) {
    this.#history.look(now);
    this.#timeline.draw(this.#history, now, {
      pageLane: this.#speak(TEXTS.pageLane),
      serverLane: this.#speak(TEXTS.serverLane),
      now: this.#speak(TEXTS.now),
      ago: (seconds) => this.#speak(TEXTS.ago, { seconds }),
      pageWord: (kind) => this.#pageWord(kind),
      serverWord: (kind) => this.#serverWord(kind),
    });
    if (!isUrgent && now - this.#toldAt < TABLE_MILLIS) return;
    this.#toldAt = now;
    this.#tell();
  }

  #tell() {
    byId('timeline').setAttribute('aria-label', this.#speak(TEXTS.timelineAlternative, {
      seconds: this.#timeline.shownMillis / 1000,
      page: this.#pageWord(this.#history.connection.current ?? 'idle'),
      server: this.#serverWord(this.#history.server.current ?? 'unreachable'),
    }));
    const details = /** @type {HTMLDetailsElement} */ (byId('timeline-details'));
    if (details.open) this.#showTable();
  }

  #showTable() {
    const rows = [
      ...this.#rows(this.#history.connection, TEXTS.here, (kind) => this.#pageWord(kind)),
      ...this.#rows(this.#history.server, TEXTS.there, (kind) => this.#serverWord(kind)),
    ].sort((a, b) => b.at - a.at);
    const body = byId('timeline-rows');
    rows.forEach(({ cells }, i) => {
      const row = body.children[i] ?? body.appendChild(element('tr', {}, ...cells.map(() => element('td'))));
      cells.forEach((cell, k) => write(/** @type {Element} */ (row.children[k]), cell));
    });
    while (body.children.length > rows.length) body.lastElementChild?.remove();
  }

  /** @param {Lane} lane @param {Text} where @param {(kind: string) => string} word */
  #rows({ spans, marks }, where, word) {
    const place = this.#speak(where);
    return [
      ...spans.map(({ kind, from, to }) => {
        const lasted = this.#speak(TEXTS.duration, { seconds: ((to - from) / 1000).toFixed(1) });
        return { at: from, cells: [clock(from), place, word(kind), lasted] };
      }),
      ...marks.map((mark) => ({ at: mark.at, cells: [clock(mark.at), place, this.#event(mark), ''] })),
    ];
  }

  /** @param {Mark} mark */
  #event({ kind, label }) {
    switch (kind) {
      case 'attempt': return label === '↻' ? this.#speak(TEXTS.manualMark) : this.#speak(TEXTS.attemptEvent, { delay: label });
      case 'due': return this.#speak(TEXTS.dueEvent, { attempt: label.slice(1) });
      case 'lost': return this.#speak(TEXTS.lostMark);
      case 'back': return [this.#speak(TEXTS.backMark), label].filter(Boolean).join(' ');
      case 'reset': return this.#speak(TEXTS.resetMark);
      case 'messageLost': return this.#speak(TEXTS.messageLostMark);
      case 'gaveUp': return this.#speak(TEXTS.gaveUpMark);
    }
  }

  /** @param {string} kind */
  #pageWord(kind) {
    return this.#speak(wordOf(/** @type {import('./history.js').Face} */ (kind)));
  }

  /** The server's own word, as it stands in its answer. @param {string} kind */
  #serverWord(kind) {
    return kind === 'unreachable' ? this.#speak(TEXTS.unreachable) : kind;
  }
}

/** @param {number} at ms since 1970 */
const clock = (at) => new Date(at).toISOString().slice(11, 22);
