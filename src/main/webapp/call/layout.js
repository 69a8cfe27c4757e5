/** Where tiles stand. Numbers are CSS pixels. */

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {{ width: number, height: number }} Size */

export const GAP = 8;
/** A camera's picture is cropped to between these, so that tiles fill the space. */
const MIN_ASPECT = { wide: 4 / 3, tall: 9 / 16 };
const MAX_ASPECT = 16 / 9;
/** What a strip beside a shared screen takes of the width, or of the height. */
const STRIP = 0.22;
const MIN_STRIP = 96;

/** The largest tiles of one size that fit; a last row that is not full stands in the middle. @param {Size} space @param {number} count @returns {Box[]} */
export function grid(space, count) {
  const columns = Array.from({ length: count }, (_, index) => index + 1);
  const [best] = columns.map((each) => tileOf(space, count, each)).sort((one, other) => other.width * other.height - one.width * one.height);
  if (!best) return [];
  return Array.from({ length: count }, (_, index) => boxOf(space, count, best, index));
}

/** One tile that is as large as possible, and the others in a strip beside or below it. @param {Size} space @param {number} count of the others @returns {Box[]} the large one first */
export function focus({ width, height }, count) {
  if (count === 0) return [{ x: 0, y: 0, width, height }];
  const isWide = width > height;
  const strip = Math.max(MIN_STRIP, (isWide ? width : height) * STRIP);
  const main = isWide ? { width: width - strip - GAP, height } : { width, height: height - strip - GAP };
  const others = isWide ? { width: strip, height } : { width, height: strip };
  const [dx, dy] = isWide ? [main.width + GAP, 0] : [0, main.height + GAP];
  return [{ x: 0, y: 0, ...main }, ...grid(others, count).map((box) => ({ ...box, x: box.x + dx, y: box.y + dy }))];
}

/** @param {Size} space @param {number} count @param {number} columns */
function tileOf(space, count, columns) {
  const rows = Math.ceil(count / columns);
  const cell = { width: (space.width - GAP * (columns - 1)) / columns, height: (space.height - GAP * (rows - 1)) / rows };
  const least = space.width > space.height ? MIN_ASPECT.wide : MIN_ASPECT.tall;
  const aspect = Math.min(MAX_ASPECT, Math.max(least, cell.width / cell.height));
  const width = Math.max(0, Math.min(cell.width, cell.height * aspect));
  return { columns, rows, width, height: width / aspect };
}

/** @param {Size} space @param {number} count @param {ReturnType<typeof tileOf>} tile @param {number} index @returns {Box} */
function boxOf(space, count, { columns, rows, width, height }, index) {
  const row = Math.floor(index / columns);
  const inRow = Math.min(columns, count - row * columns);
  const left = (space.width - inRow * width - (inRow - 1) * GAP) / 2;
  const top = (space.height - rows * height - (rows - 1) * GAP) / 2;
  return { x: left + (index % columns) * (width + GAP), y: top + row * (height + GAP), width, height };
}
