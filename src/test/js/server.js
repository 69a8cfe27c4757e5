/** Starts the server under test: the built WAR in a Jetty of its own. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const LOGS = fileURLToPath(new URL('../../../target/server-logs/', import.meta.url));
const START_MILLIS = 60_000;
const LOOK_MILLIS = 50;

/** One server on one port, which can be killed and started again. */
export class Server {
  #name;
  #settings;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;
  /** Resolved when the process is gone. @type {Promise<unknown>} */
  #gone = Promise.resolve();

  /** @param {string} name of its log @param {number} port @param {Record<string, string>} settings for its environment */
  constructor(name, port, settings) {
    this.#name = name;
    this.port = port;
    this.#settings = { TOKENLY_STORE_DIR: mkdtempSync(`${needed('TOKENLY_JETTY_BASE')}/data-`), ...settings };
    process.on('exit', () => this.#process?.kill('SIGKILL'));
  }

  /** A server on a free port, which answers. @param {string} name @param {Record<string, string>} [settings] */
  static async start(name, settings = {}) {
    const server = new Server(name, await freePort(), settings);
    await server.start();
    return server;
  }

  get origin() {
    return `http://localhost:${this.port}`;
  }

  /** Starts it on its port, and waits until it answers. @throws where it does not */
  async start() {
    mkdirSync(LOGS, { recursive: true });
    const base = needed('TOKENLY_JETTY_BASE');
    const log = createWriteStream(`${LOGS}${this.#name}.log`, { flags: 'a' });
    const args = ['-Dapp.name=Tokenly', '-jar', `${needed('TOKENLY_JETTY_HOME')}/start.jar`, `jetty.http.port=${this.port}`];
    const child = spawn('java', args, { cwd: base, env: { ...plainEnvironment(), JETTY_BASE: base, ...this.#settings }, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#process = child;
    this.#gone = new Promise((resolve) => child.once('close', resolve).once('error', resolve)).then(() => log.end());
    await this.#answering(child);
  }

  /** As a power failure would. */
  async kill() {
    this.#process?.kill('SIGKILL');
    await this.#gone;
  }

  async stop() {
    this.#process?.kill('SIGTERM');
    await this.#gone;
  }

  /** @param {import('node:child_process').ChildProcess} child */
  async #answering(child) {
    for (const end = Date.now() + START_MILLIS; Date.now() < end && child.exitCode === null; await sleep(LOOK_MILLIS)) {
      const isUp = await fetch(`${this.origin}/status`).then(({ ok }) => ok, () => false);
      if (isUp) return;
    }
    await this.kill();
    throw new Error(`the server does not answer; see ${LOGS}${this.#name}.log`);
  }
}

/** @param {string} name of a variable */
function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: where is the server to be tested?`);
  return value;
}

/** Without the variables of the tests: whatever begins with TOKENLY_ is a setting to the server, and an unknown one stops it. */
const plainEnvironment = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TOKENLY_')));

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
