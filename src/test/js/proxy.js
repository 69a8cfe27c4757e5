/** A network between the page and the server that breaks when it is told to. */
import { connect, createServer } from 'node:net';

/** @typedef {'pass' | 'slow' | 'blackhole' | 'refuse'} Mode */

/** What a slow network carries of each connection and direction. */
const SLOW_BYTES_PER_SECOND = 16_000;

export class FaultProxy {
  /** What happens to connections; `refuse` resets those that ask for a WebSocket and passes the others. @type {Mode} */
  mode = 'pass';
  #target;
  /** @type {Set<{ near: import('node:net').Socket, far: import('node:net').Socket, isWebSocket: boolean }>} */
  #pairs = new Set();
  #server = createServer((near) => this.#join(near));

  /** @param {number} target port */
  constructor(target) {
    this.#target = target;
  }

  /** @param {number} target port */
  static async start(target) {
    const proxy = new FaultProxy(target);
    await new Promise((resolve) => proxy.#server.listen(0, '127.0.0.1', () => resolve(undefined)));
    return proxy;
  }

  get origin() {
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    return `http://localhost:${port}`;
  }

  /** Ends the WebSockets that are open, as a router that forgot them does. */
  reset() {
    for (const { near, far, isWebSocket } of this.#pairs) if (isWebSocket) [near, far].forEach((socket) => socket.resetAndDestroy());
  }

  stop() {
    this.#server.close();
    for (const { near, far } of this.#pairs) [near, far].forEach((socket) => socket.destroy());
  }

  /** @param {import('node:net').Socket} near */
  #join(near) {
    const far = connect(this.#target, '127.0.0.1');
    const pair = { near, far, isWebSocket: false };
    this.#pairs.add(pair);
    near.on('data', (data) => {
      pair.isWebSocket ||= /^upgrade: websocket/im.test(data.toString('latin1'));
      if (this.mode === 'refuse' && pair.isWebSocket) near.resetAndDestroy();
      else this.#pass(near, far, data);
    });
    far.on('data', (data) => this.#pass(far, near, data));
    for (const [socket, other] of [[near, far], [far, near]]) {
      socket?.on('error', () => {}).on('close', () => {
        this.#pairs.delete(pair);
        if (this.mode !== 'blackhole') other?.destroy();
      });
    }
  }

  /** @param {import('node:net').Socket} from @param {import('node:net').Socket} to @param {Buffer} data */
  #pass(from, to, data) {
    if (this.mode === 'blackhole') return;
    if (to.destroyed) return void from.resetAndDestroy(); // it was closed while nothing passed
    if (this.mode !== 'slow') return void to.write(data);
    from.pause();
    setTimeout(() => {
      to.write(data);
      from.resume();
    }, (data.length / SLOW_BYTES_PER_SECOND) * 1000).unref();
  }
}
