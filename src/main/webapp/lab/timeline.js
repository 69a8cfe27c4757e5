import { HISTORY_MILLIS } from './history.js';

/** @typedef {import('./history.js').History} History */
/** @typedef {import('./lane.js').Lane} Lane */
/** @typedef {import('./lane.js').Mark} Mark */
/** @typedef {import('./lane.js').Span} Span */
/** @typedef {{ pageLane: string, serverLane: string, now: string, ago: (seconds: number) => string, pageWord: (kind: string) => string, serverWord: (kind: string) => string }} Words */

const SVG = 'http://www.w3.org/2000/svg';

/** Below this width the drawing shows less time, so that the labels of 1 and 2 s still fit side by side. */
const NARROW = 560;
const NARROW_MILLIS = 40_000;

const GRID_MILLIS = 10_000;
const HEIGHT = 210;

/** Where the parts of a lane stand below its top, and the two lanes and the axis in the drawing; all in px. */
const LABEL_Y = 30;
const BAND_Y = 36;
const BAND_HEIGHT = 26;
const SIGN_Y = 76;
const COUNTS_Y = 90;
const LANES = /** @type {const} */ ([0, 106]);
const AXIS_Y = 182;

/** What a band is filled with that is told by more than its colour. @type {Record<string, string>} */
const PATTERNS = { reconnecting: 'hatch', connecting: 'hatch', givenUp: 'cross', failed: 'cross', refused: 'cross', unreachable: 'dots' };

/** What stands below the band. @type {Record<Mark['kind'], string>} */
export const SIGNS = { attempt: '', due: '', lost: '✕', back: '✓', gaveUp: '■', reset: '✱', messageLost: '⊘' };

/** How much of a label stands before its moment: a loss and a quick return do not touch. @type {Record<Mark['kind'], number>} */
const SHARES = { attempt: 0.5, due: 0.5, lost: 0.9, back: 0.1, gaveUp: 0.5, reset: 0.1, messageLost: 0.5 };

/** Between two labels, in px. */
const GAPS = { above: 2, below: 4 };

/** A sign may stand so much further right than it should, after another one of the same moment; in px. */
const NEAR = 48;

/** @param {string} kind of a span @returns {Record<string, string>} how its shape is painted */
export const paintOf = (kind) => ({ class: `band ${kind}`, ...(PATTERNS[kind] && { fill: `url(#${PATTERNS[kind]})` }) });

/** @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
export function svg(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Draws the connection above the server, over the same time; now is at the right. */
export class Timeline {
  #image;
  #drawing;
  #width = 0;

  /** @param {Element} image @param {Element} drawing the part of it that is drawn anew */
  constructor(image, drawing) {
    this.#image = image;
    this.#drawing = drawing;
  }

  /** How much time it shows, in ms. */
  get shownMillis() {
    return this.#width < NARROW ? NARROW_MILLIS : HISTORY_MILLIS;
  }

  /** @param {number} width in px */
  resize(width) {
    this.#width = width;
    this.#image.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
  }

  /** @param {History} history @param {number} now ms since 1970 @param {Words} words */
  draw(history, now, words) {
    if (this.#width === 0) return;
    this.#drawing.replaceChildren(
      ...this.#grid(words),
      ...this.#lane(LANES[0], words.pageLane, history.connection, now, words.pageWord),
      ...this.#lane(LANES[1], words.serverLane, history.server, now, words.serverWord),
    );
  }

  /** @param {number} at @param {number} now */
  #x(at, now) {
    return this.#width * (1 - (now - at) / this.shownMillis);
  }

  /** @param {Words} words */
  #grid(words) {
    const parts = [];
    for (let ago = 0; ago <= this.shownMillis; ago += GRID_MILLIS) {
      const x = Math.min(Math.max(this.#x(-ago, 0), 0.5), this.#width - 0.5);
      const anchor = ago === 0 ? 'end' : ago === this.shownMillis ? 'start' : 'middle';
      parts.push(svg('path', { class: 'grid', d: `M${x} ${BAND_Y - 4}V${AXIS_Y}` }));
      parts.push(svg('text', { class: 'axis', x, y: AXIS_Y + 16, 'text-anchor': anchor }, ago === 0 ? words.now : words.ago(ago / 1000)));
    }
    return parts;
  }

  /** @param {number} top @param {string} title @param {Lane} lane @param {number} now @param {(kind: string) => string} wordOf */
  #lane(top, title, lane, now, wordOf) {
    return [
      svg('text', { class: 'title', x: 0, y: top + 12 }, title),
      svg('rect', { class: 'rail', x: 0, y: top + BAND_Y, width: this.#width, height: BAND_HEIGHT }),
      ...lane.spans.flatMap((span, i) => {
        const end = Math.min(span.to, lane.spans[i + 1]?.from ?? Infinity);
        return this.#band(top + BAND_Y, { ...span, to: end }, lane.marks, now, wordOf(span.kind));
      }),
      ...this.#marks(top, lane.marks, now),
      ...this.#labels(top, lane.marks, now),
    ];
  }

  /** A span, with its word in the first place that is wide enough and free of marks. @param {number} y @param {Span} span @param {Mark[]} marks @param {number} now @param {string} word */
  #band(y, span, marks, now, word) {
    const [from, to] = [Math.max(this.#x(span.from, now), 0), this.#x(span.to, now)];
    if (to <= 0) return [];
    const band = svg('rect', { ...paintOf(span.kind), x: from, y, width: Math.max(to - from, 1), height: BAND_HEIGHT });
    const width = widthOf(word) + 10;
    const edges = [from, ...marks.map(({ at }) => this.#x(at, now)).filter((x) => x > from && x < to), to];
    const x = edges.find((edge, i) => (edges[i + 1] ?? edge) - edge >= width + 8);
    if (x === undefined) return [band];
    return [
      band,
      svg('rect', { class: 'plate', x: x + 4, y: y + 4, width, height: BAND_HEIGHT - 8, rx: 3 }),
      svg('text', { class: 'word', x: x + 4 + width / 2, y: y + 17, 'text-anchor': 'middle' }, word),
    ];
  }

  /** Each as a line, with its sign below where that does not touch the one before. @param {number} top @param {Mark[]} marks @param {number} now */
  #marks(top, marks, now) {
    const parts = [];
    let free = -Infinity;
    for (const { kind, at } of marks) {
      const x = this.#x(at, now);
      if (x < 0) continue;
      parts.push(svg('path', { class: `tick ${kind}`, d: `M${x} ${top + BAND_Y - 3}v${BAND_HEIGHT + 6}` }));
      if (!SIGNS[kind]) continue;
      const width = widthOf(SIGNS[kind]);
      const wished = x - width * SHARES[kind];
      const left = Math.min(Math.max(wished, free - wished < NEAR ? free : 0, 0), this.#width - width);
      if (left < free) continue;
      parts.push(svg('text', { class: `mark ${kind}`, x: left + width / 2, y: top + SIGN_Y, 'text-anchor': 'middle' }, SIGNS[kind]));
      free = left + width + 2;
    }
    return parts;
  }

  /** Above the band the delay or number of each attempt, and below its sign what each return brought; where two touch, the later one is shown. @param {number} top @param {Mark[]} marks @param {number} now */
  #labels(top, marks, now) {
    const parts = [];
    const free = { above: Infinity, below: Infinity };
    for (const { kind, at, label } of marks.filter((mark) => mark.label).reverse()) {
      const place = SIGNS[kind] ? 'below' : 'above';
      const width = widthOf(label);
      const left = Math.min(Math.max(this.#x(at, now) - width * SHARES[kind], 0), this.#width - width);
      if (this.#x(at, now) < 0 || left + width > free[place]) continue;
      const y = top + (place === 'above' ? LABEL_Y : COUNTS_Y);
      parts.push(svg('text', { class: `mark ${kind}`, x: left + width / 2, y, 'text-anchor': 'middle' }, label));
      free[place] = left - GAPS[place];
    }
    return parts;
  }
}

/** About how wide a bold label of 11 px is drawn. @param {string} text */
const widthOf = (text) => [...text].reduce((width, c) => width + (c > '\u1100' ? 11.5 : 7.2), 0);
