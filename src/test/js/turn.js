/** A real coturn on a free port of this machine. */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

export const TURNSERVER = '/usr/bin/turnserver';
export const hasCoturn = existsSync(TURNSERVER);

const START_MILLIS = 20_000;
/** RFC 8489: what each STUN server answers. */
const BINDING_REQUEST = Buffer.from('000100002112a442000102030405060708090a0b', 'hex');

export class TurnServer {
  secret = 'a-secret-that-both-share';
  port;
  #process;

  /** @param {number} port */
  constructor(port) {
    this.port = port;
    const folder = mkdtempSync(path.join(tmpdir(), 'tokenly-turn-'));
    const options = [
      ['-n', '--no-cli', '--no-tls', '--no-dtls', '--no-multicast-peers', '--allow-loopback-peers', '--use-auth-secret', '--log-file=stdout', '--simple-log'],
      ['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${port}`, `--static-auth-secret=${this.secret}`, '--realm=tokenly.test'],
      [`--pidfile=${folder}/pid`, `--userdb=${folder}/db`],
    ];
    this.#process = spawn(TURNSERVER, options.flat(), { stdio: ['ignore', 'pipe', 'inherit'] });
    process.on('exit', () => this.#process.kill('SIGKILL'));
  }

  static async start() {
    const server = new TurnServer(await freeUdpPort());
    await server.#listening();
    return server;
  }

  get url() {
    return `turn:127.0.0.1:${this.port}?transport=udp`;
  }

  /** As the server makes it. @param {number} seconds from now until it expires, or since it has @param {string} name */
  credential(seconds, name) {
    const username = `${Math.floor(Date.now() / 1000) + seconds}:${name}`;
    return { urls: [this.url], username, credential: createHmac('sha1', this.secret).update(username).digest('base64') };
  }

  async stop() {
    const gone = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.kill('SIGTERM');
    await gone;
  }

  /** Asks until it answers (its log comes late through a pipe). @throws where it does not start */
  async #listening() {
    let log = '';
    this.#process.stdout.on('data', (/** @type {Buffer} */ data) => (log += data));
    const socket = createSocket('udp4');
    const answered = new Promise((resolve) => socket.once('message', () => resolve(true)));
    try {
      for (const end = performance.now() + START_MILLIS; performance.now() < end && this.#process.exitCode === null; ) {
        socket.send(BINDING_REQUEST, this.port, '127.0.0.1');
        if (await Promise.race([answered, sleep(100)])) return;
      }
      throw new Error(`coturn does not start:\n${log}`);
    } finally {
      socket.close();
    }
  }
}

/** @returns {Promise<number>} */
function freeUdpPort() {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4').once('error', reject);
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
