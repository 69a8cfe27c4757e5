/** @typedef {import('../call.js').Quality} Quality */

/** Beyond this share of packets that are lost, pictures stall and words break. */
const POOR_LOSS = 0.05;
/** Beyond this round trip, people talk at the same time. Seconds. */
const POOR_ROUND_TRIP = 0.4;
/** After so many looks without a packet and without an answer of ICE, nothing arrives. */
const SILENT_LOOKS = 2;

/** How well one connection does, by what it counts from one look to the next. */
export class QualityMeter {
  #received = 0;
  #lost = 0;
  /** Of the other end's ICE agent, which answers where no media is sent, as by a camera that is off. */
  #responses = 0;
  #silentLooks = 0;

  /** @param {RTCStatsReport} report @param {boolean} isMediaExpected whether the other end sends any @returns {Quality} since the last look */
  look(report, isMediaExpected) {
    const { received, lost, roundTrip, responses } = sumOf(report);
    const news = Math.max(0, received - this.#received);
    const losses = Math.max(0, lost - this.#lost);
    this.#received = received;
    this.#lost = lost;
    const isSilent = news === 0 && responses === this.#responses;
    this.#responses = responses;
    this.#silentLooks = isSilent && isMediaExpected ? this.#silentLooks + 1 : 0;
    if (this.#silentLooks >= SILENT_LOOKS) return 'lost';
    return losses > POOR_LOSS * (news + losses) || roundTrip > POOR_ROUND_TRIP ? 'poor' : 'good';
  }
}

/** @param {RTCStatsReport} report */
function sumOf(report) {
  const sum = { received: 0, lost: 0, roundTrip: 0, responses: 0 };
  report.forEach((/** @type {any} */ entry) => {
    if (entry.type === 'inbound-rtp') {
      sum.received += entry.packetsReceived ?? 0;
      sum.lost += entry.packetsLost ?? 0;
    } else if (entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded') {
      sum.responses += entry.responsesReceived ?? 0; // Firefox does not count them
      sum.roundTrip = Math.max(sum.roundTrip, entry.currentRoundTripTime ?? 0);
    }
  });
  return sum;
}
