/** A real coturn on a free port of this machine. */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

export const TURNSERVER = '/usr/bin/turnserver';
export const hasCoturn = existsSync(TURNSERVER);

const START_MILLIS = 20_000;

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

  /** @throws where it does not start */
  #listening() {
    return new Promise((resolve, reject) => {
      let log = '';
      const timer = setTimeout(() => reject(new Error(`coturn does not start:\n${log}`)), START_MILLIS);
      this.#process.stdout.on('data', (/** @type {Buffer} */ data) => {
        log += data;
        if (!/UDP listener opened on/i.test(log)) return;
        clearTimeout(timer);
        resolve(undefined);
      });
      this.#process.once('close', () => reject(new Error(`coturn has ended:\n${log}`)));
    });
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
