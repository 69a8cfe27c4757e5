/** Networks that behave badly. Each is in force while `play` runs, and resolves when the network is good again. */

/** @typedef {import('../lib/tokenly.js').Client<any>} Client */
/** @typedef {import('./tunnel.js').Tunnel} Tunnel */
/** @typedef {'wifi' | 'tunnel' | 'server'} FaultName */

const TUNNEL_MILLIS = 8000;
const KILLED_MILLIS = 5000;
/** The name of our fault at the proxy. */
const DOWN = 'call-page-down';

/** @param {FaultName} name @param {{ client: Client, tunnel: Tunnel, proxy: string }} network @param {AbortSignal} signal @returns {Promise<void>} */
export async function play(name, { client, tunnel, proxy }, signal) {
  if (name === 'wifi') client.fail();
  if (name === 'tunnel') await playTunnel(client, tunnel, signal);
  if (name === 'server') await playKilled(proxy, signal);
}

/** @param {Client} client @param {Tunnel} tunnel @param {AbortSignal} signal */
async function playTunnel(client, tunnel, signal) {
  tunnel.isClosed = true;
  client.fail();
  await pause(TUNNEL_MILLIS, signal);
  tunnel.isClosed = false;
  client.networkChanged();
}

/** As a killed server looks: what is open is reset, and what is new is refused. @param {string} proxy @param {AbortSignal} signal @throws {TypeError} where the proxy does not answer */
async function playKilled(proxy, signal) {
  const mend = () => void fetch(`${proxy}/faults/${DOWN}`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  addEventListener('pagehide', mend);
  try {
    await ask(proxy, '/reset', {});
    await ask(proxy, '/faults', { name: DOWN, type: 'down' });
    await pause(KILLED_MILLIS, signal);
    await fetch(`${proxy}/faults/${DOWN}`, { method: 'DELETE', keepalive: true });
  } catch (error) {
    mend();
    throw error;
  } finally {
    removeEventListener('pagehide', mend);
  }
}

/** @param {string} proxy @param {string} path @param {object} body */
async function ask(proxy, path, body) {
  const answer = await fetch(proxy + path, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new TypeError(`${answer.status}`);
}

/** @param {number} millis @param {AbortSignal} signal its abort ends the pause early @returns {Promise<void>} */
export function pause(millis, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

/** The address of the proxy's API that the page was opened with: of this machine only. @param {string} page @returns {string | undefined} */
export function proxyOf(page) {
  const given = new URL(page).searchParams.get('faults') ?? '';
  if (!URL.canParse(given)) return undefined;
  const { protocol, hostname, origin } = new URL(given);
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? origin : undefined;
}
