/** What became of numbered messages, from 1 on. */

/**
 * @typedef {object} Heard
 * @property {number} number
 * @property {boolean} isLate whether it came after a return, of what was sent meanwhile
 */

/** @typedef {{ sent: number, lost: number, twice: number, outOfOrder: number, late: number }} Score */

/** @param {number} sent how many @param {readonly Heard[]} heard in the order in which they came @returns {Score} */
export function judge(sent, heard) {
  const seen = new Set();
  let [twice, outOfOrder, late, highest] = [0, 0, 0, 0];
  for (const { number, isLate } of heard) {
    if (isLate) late += 1;
    if (seen.has(number)) twice += 1;
    else if (number < highest) outOfOrder += 1;
    seen.add(number);
    highest = Math.max(highest, number);
  }
  return { sent, lost: sent - seen.size, twice, outOfOrder, late };
}

/** @param {Score} score */
export const isPerfect = ({ lost, twice, outOfOrder }) => lost + twice + outOfOrder === 0;
