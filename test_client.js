/**
 * Tries out by hand how a session survives the network: `node test_client.js --help`. It speaks PROTOCOL.md over one
 * connection at a time. A new one starts only after the close event of the last, so no event comes from an older one.
 */
import { realpathSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** @typedef {import('ws').WebSocket} WebSocket */
/** @typedef {string[]} Texts one text per language, in the order of LANGUAGES; `{name}` is filled in */
/** @typedef {keyof typeof MESSAGES} MessageKey */
/** @typedef {Record<string, unknown>} Values */
/** @typedef {{ code: number, reason: string }} Loss how a connection ended */
/** @typedef {ReturnType<typeof readOptions>} Options */
/** @typedef {'idle' | 'connecting' | 'connected' | 'replacing' | 'waiting' | 'stopped' | 'leaving' | 'ended'} State */
/** @typedef {'start' | 'opened' | 'lost' | 'refused' | 'exhausted' | 'due' | 'reconnect' | 'quit'} Step */

/**
 * Where each step leads; a step that a state does not name cannot happen there.
 * @type {Record<State, Partial<Record<Step, State>>>}
 */
const TRANSITIONS = {
  idle: { start: 'connecting' },
  connecting: { opened: 'connected', lost: 'waiting', exhausted: 'stopped', reconnect: 'replacing', quit: 'leaving' },
  connected: { lost: 'waiting', refused: 'stopped', reconnect: 'replacing', quit: 'leaving' },
  replacing: { lost: 'connecting', quit: 'leaving' },
  waiting: { due: 'connecting', reconnect: 'connecting', quit: 'ended' },
  stopped: { reconnect: 'connecting', quit: 'ended' },
  leaving: { lost: 'ended' },
  ended: {},
};

/** How long a close handshake may take before the socket is terminated. */
const CLOSE_WAIT_MILLIS = 1000;
const STATUS_WAIT_MILLIS = 5000;
/** The longest delay that `setTimeout` keeps: a longer one would fire at once. */
const MAX_MILLIS = 2 ** 31 - 1;

/** Speaks one language, and writes what it says as lines with the time. */
class Log {
  /** @param {'ko' | 'en'} language */
  constructor(language) {
    this.language = LANGUAGES.indexOf(language);
  }

  /** @param {Texts} texts @param {Values} [values] */
  say(texts, values = {}) {
    return String(texts[this.language]).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /** @param {MessageKey} key @param {Values} [values] */
  write(key, values) {
    // Whatever the far side sends, a line stays one line and steers no terminal.
    const line = this.say(MESSAGES[key], values).replace(/[\x00-\x1f\x7f-\x9f]/g, hex);
    process.stdout.write(`[${new Date().toISOString()}] ${line}\n`);
  }

  /** Writes what failed and what to check. @param {MessageKey} key @param {unknown} thrown */
  writeFailure(key, thrown) {
    const outer = /** @type {Error} */ (thrown);
    const { name, message, code } = /** @type {Error & { code?: string }} */ (outer.cause ?? outer);
    const hint = this.say(lookUp(HINTS, code) ?? lookUp(HINTS, name) ?? OTHER_HINT);
    // Where a name has two addresses, Node throws an AggregateError: no message, but a code.
    this.write(key, { cause: message || code || name, hint });
  }

  keys(separator = ', ') {
    return Object.entries(KEYS).map(([key, texts]) => `${key} ${this.say(texts)}`).join(separator);
  }

  help() {
    const options = Object.entries(OPTIONS).map(([name, { argument = '', value, text }]) => {
      return `  ${`--${name} ${argument}`.padEnd(25)}${this.say(text)}${value ? ` [${value}]` : ''}`;
    });
    return this.say(HELP, { url: DEFAULT_URL, keys: this.keys('\n  '), options: options.join('\n') });
  }
}

/** Says which attempt is due after a loss, and after which delay. */
export class Backoff {
  #attempts = 0;

  /** @param {number[]} delays in ms, one per attempt */
  constructor(delays) {
    this.delays = delays;
  }

  reset() {
    this.#attempts = 0;
  }

  /** @param {Loss} loss @returns {{ attempt: number, delay: number } | undefined} undefined when no attempt is left */
  next({ code, reason }) {
    const delay = this.delays[this.#attempts];
    if (delay === undefined) return undefined;
    this.#attempts += 1;
    const asked = code === 1012 || code === 1013 ? /^retry_after_ms=(\d{1,9})$/.exec(reason)?.[1] : undefined;
    return { attempt: this.#attempts, delay: asked && this.#attempts === 1 ? Number(asked) : delay };
  }
}

/** One socket, from its attempt to its close event, which always comes and is the last that is heard of it. */
class Connection {
  /** Whether its end is our own will: then the error that `ws` makes of it is no news. */
  #isGivenUp = false;

  /** @param {WebSocket} socket that has just been made @param {Options} options @param {Log} log */
  constructor(socket, options, log) {
    this.socket = socket;
    this.log = log;
    this.#expectOpen(options.connectTimeout);
    socket.on('open', () => this.#beat(options.heartbeat, options.heartbeatTimeout));
    socket.on('unexpected-response', (_, { statusCode }) => this.drop('notUpgraded', { status: statusCode }));
    socket.on('error', (error) => this.#isGivenUp || log.writeFailure('connectionError', error));
  }

  get isOpen() {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Ends without a close handshake, as a broken network does, and says why. @param {MessageKey} key @param {Values} [values] */
  drop(key, values) {
    this.#isGivenUp = true;
    this.log.write(key, values);
    this.socket.terminate();
  }

  /** Ends with a close handshake. @param {number} code @param {string} [reason] */
  close(code, reason) {
    this.#isGivenUp = true;
    this.socket.close(code, reason);
  }

  /** @param {number} ms */
  #expectOpen(ms) {
    const deadline = setTimeout(() => this.drop('notConnected', { ms }), ms);
    this.socket.on('open', () => clearTimeout(deadline)).on('close', () => clearTimeout(deadline));
  }

  /** @param {number} interval @param {number} ms how long after a ping silence is death */
  #beat(interval, ms) {
    /** @type {NodeJS.Timeout | undefined} */
    let overdue;
    const heard = () => (overdue = void clearTimeout(overdue));
    const pings = setInterval(() => {
      this.socket.ping();
      overdue ??= setTimeout(() => this.#isGivenUp || this.drop('silent', { ms }), ms);
    }, interval);
    this.socket.on('pong', heard).on('close', heard).on('close', () => clearInterval(pings));
  }
}

/** Keeps one session at the server over many connections, and does what the keys say. */
class Client {
  /** @type {State} */
  #state = 'idle';
  /** @type {Connection | undefined} */
  #connection;
  /** @type {NodeJS.Timeout | undefined} */
  #delay;

  /** @param {() => WebSocket} openSocket @param {Options} options @param {Log} log @param {(code: number) => void} exit */
  constructor(openSocket, options, log, exit) {
    this.openSocket = openSocket;
    this.options = options;
    this.log = log;
    this.exit = exit;
    this.backoff = new Backoff(options.delays);
  }

  start() {
    this.#move('start');
  }

  /** @param {string} key */
  press(key) {
    switch (lookUp(HANGUL_KEYS, key) ?? key.toLowerCase()) {
      case 'q': return this.quit();
      case 'r': return this.#reconnect();
      case 'f': return this.#connection?.isOpen ? this.#connection.drop('failing') : this.log.write('cannotFail');
      case 's': return void this.#showStatus();
      case 'm': return this.#connection?.isOpen ? this.#sendMessage() : this.log.write('cannotSend');
      default: return this.log.write('unknownKey', { key, keys: this.log.keys() });
    }
  }

  /** Leaves: the session ends at the server too. */
  quit() {
    if (!this.#can('quit')) return;
    this.log.write('quitting');
    clearTimeout(this.#delay);
    this.#move('quit');
  }

  #reconnect() {
    if (!this.#can('reconnect')) return this.log.write('underWay');
    this.log.write('manual');
    clearTimeout(this.#delay);
    this.backoff.reset();
    this.#move('reconnect');
  }

  /** @param {Step} step */
  #can(step) {
    return TRANSITIONS[this.#state][step] !== undefined;
  }

  /** @param {Step} step */
  #move(step) {
    const next = TRANSITIONS[this.#state][step];
    if (next === undefined) throw new Error(`${step} cannot happen while ${this.#state}`);
    this.#state = next;
    switch (next) {
      case 'connecting': return this.#connect();
      case 'connected': return this.#join();
      // Any code but 1000 and 1001 keeps the session at the server.
      case 'replacing': return this.#connection?.close(3000, 'manual reconnect');
      case 'leaving': return this.#connection?.close(1000);
      case 'stopped': return this.options.isTerminal ? undefined : this.exit(1);
      case 'ended': return this.exit(0);
      default: return undefined;
    }
  }

  #connect() {
    this.log.write('connecting', { url: this.options.url });
    const socket = this.openSocket();
    this.#connection = new Connection(socket, this.options, this.log);
    socket.on('open', () => this.#move('opened'));
    socket.on('message', (/** @type {Buffer} */ data, isBinary) => this.#received(data, isBinary));
    socket.on('close', (code, reason) => this.#closed({ code, reason: String(reason) }));
  }

  #join() {
    this.log.write('connected');
    this.backoff.reset();
    this.#send({ type: 'create-peer', session_id: this.options.session, room_id: this.options.room });
  }

  /** @param {Loss} loss */
  #closed(loss) {
    this.log.write('closed', loss);
    if (this.#state === 'replacing' || this.#state === 'leaving') return this.#move('lost');
    const why = lookUp(REFUSALS, loss.code);
    if (why) return this.#stop('refused', { why: this.log.say(why) });
    const max = this.options.delays.length;
    const next = this.backoff.next(loss);
    if (!next) return this.#stop('exhausted', { max });
    this.log.write('retrying', { ...next, max });
    this.#delay = setTimeout(() => this.#move('due'), next.delay);
    this.#move('lost');
  }

  /** @param {'refused' | 'exhausted'} step @param {Values} values */
  #stop(step, values) {
    this.log.write(step, { ...values, then: this.log.say(this.options.isTerminal ? MESSAGES.pressR : MESSAGES.exiting) });
    this.#move(step);
  }

  /** @param {Buffer} data @param {boolean} isBinary a binary frame means nothing */
  #received(data, isBinary) {
    const text = isBinary ? this.log.say(MESSAGES.binary, { bytes: data.length }) : String(data);
    this.log.write('received', { text });
    const frame = isBinary ? undefined : parse(text);
    if (frame?.type === 'peer-created' && frame.success === false) this.#explain('notCreated', frame.error);
    if (frame?.type === 'error') this.#explain('serverError', frame);
  }

  /** @param {MessageKey} key @param {any} error whatever the server sent, at best its code and message */
  #explain(key, error) {
    const [code, message] = [error?.code, error?.message].map((value) => (typeof value === 'string' ? value : '?'));
    this.log.write(key, { code, message, advice: this.log.say(lookUp(ADVICE, code) ?? OTHER_ADVICE) });
  }

  #sendMessage() {
    const text = this.log.say(MESSAGES.testText);
    this.#send({ type: 'message', session_id: this.options.session, text, timestamp: new Date().toISOString() });
  }

  /** @param {object} frame */
  #send(frame) {
    const text = JSON.stringify(frame);
    this.log.write('sent', { text });
    this.#connection?.socket.send(text);
  }

  async #showStatus() {
    const url = new URL('/status', this.options.url);
    url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(STATUS_WAIT_MILLIS) });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      this.log.write('status', { json: JSON.stringify(await response.json()) });
    } catch (error) {
      this.log.writeFailure('noStatus', error);
    }
  }
}

/** @param {string} character */
const hex = (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** @template T @param {Record<string, T>} table @param {unknown} key @returns {T | undefined} of its own entries only */
function lookUp(table, key) {
  return Object.hasOwn(table, String(key)) ? table[String(key)] : undefined;
}

/** @param {string} text @returns {any} undefined where the text is not JSON */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A wrong use of the command line: what to say about it. */
class UsageError extends Error {
  /** @param {MessageKey} key @param {Values} [values] */
  constructor(key, values) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/** The command line, taken apart but not checked. @param {string[]} args */
function splitArguments(args) {
  const options = Object.entries(OPTIONS).map(([name, { argument, value }]) => {
    return [name, { type: argument ? 'string' : 'boolean', ...(value && { default: value }) }];
  });
  return parseArgs({ args, options: Object.fromEntries(options), allowPositionals: true, strict: false });
}

/** @param {ReturnType<typeof splitArguments>} split @throws {UsageError} */
function readOptions({ values, positionals }) {
  for (const [name, value] of Object.entries(values)) {
    const known = lookUp(OPTIONS, name);
    const option = name.length > 1 ? `--${name}` : `-${name}`;
    if (!known) throw new UsageError('unknownOption', { option });
    const isMissing = known.argument && (typeof value !== 'string' || value.startsWith('--'));
    if (isMissing) throw new UsageError('noValue', { option, example: known.value ?? 'my-session' });
  }
  const { lang, session = `test-session-${Date.now()}`, room, delays } = values;
  if (!LANGUAGES.some((language) => language === lang)) throw new UsageError('badLanguage', { value: lang });
  return {
    url: readUrl(positionals),
    session: String(session),
    room: String(room),
    delays: String(delays).split(',').map((value) => readMillis('delays', value)),
    heartbeat: readMillis('heartbeat', values['heartbeat']),
    heartbeatTimeout: readMillis('heartbeat-timeout', values['heartbeat-timeout']),
    connectTimeout: readMillis('connect-timeout', values['connect-timeout']),
    isTerminal: process.stdin.isTTY,
  };
}

/** @param {string[]} positionals */
function readUrl(positionals) {
  const [text = DEFAULT_URL, ...others] = positionals;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUsable = url && /^wss?:$/.test(url.protocol) && !url.hash && others.length === 0;
  if (!isUsable) throw new UsageError('badUrl', { url: positionals.join(' ') });
  return url.href;
}

/** @param {string} name @param {unknown} value */
function readMillis(name, value) {
  const number = /^\d{1,10}$/.test(String(value)) ? Number(value) : 0;
  if (number < 1 || number > MAX_MILLIS) {
    throw new UsageError('badMillis', { option: `--${name}`, value, max: MAX_MILLIS, example: OPTIONS[name]?.value });
  }
  return number;
}

/** @param {NodeJS.ReadStream} input @param {(key: string) => void} press @param {() => void} quit */
function readKeys(input, press, quit) {
  input.on('error', () => input.pause()); // no more keys, as at its end
  if (!input.isTTY) {
    createInterface({ input }).on('line', (line) => [...line.trim()].slice(0, 1).forEach(press));
    return;
  }
  input.setRawMode(true);
  process.on('exit', () => input.setRawMode(false));
  input.setEncoding('utf8').on('data', (/** @type {string} */ typed) => {
    if (typed.includes('\x03')) return quit(); // Ctrl+C
    if (typed.includes('\x1a')) return suspend(input); // Ctrl+Z
    // A whole line: the shell had the terminal meanwhile and left it so. To ask for single keys before would stop a process in the background.
    if (typed.includes('\n')) input.setRawMode(false).setRawMode(true);
    if (typed.startsWith('\x1b')) return undefined; // an arrow or a function key
    return [...typed].filter((key) => key.trim()).forEach(press);
  });
}

/** Stops this process until somebody lets it go on. @param {NodeJS.ReadStream} input */
function suspend(input) {
  input.setRawMode(false);
  process.kill(process.pid, 'SIGTSTP');
}

async function main() {
  const split = splitArguments(process.argv.slice(2));
  const log = new Log(LANGUAGES.find((language) => language === split.values['lang']) ?? 'ko');
  if (split.values['help']) return console.log(log.help());
  try {
    const options = readOptions(split);
    const ws = await import('ws').catch(() => {
      throw new UsageError('noWs');
    });
    // The empty write ends after all others, so that the last lines reach a slow reader too.
    const exit = (/** @type {number} */ code) => void process.stdout.write('', () => process.exit(code));
    const settings = /** @type {object} */ ({ closeTimeout: CLOSE_WAIT_MILLIS }); // not yet in @types/ws
    const client = new Client(() => new ws.WebSocket(options.url, settings), options, log, exit);
    const quit = () => client.quit();
    process.on('SIGINT', quit).on('SIGTERM', quit);
    process.stdout.on('error', quit); // nobody reads on
    console.log(log.say(MESSAGES.greeting, options));
    console.log(log.say(options.isTerminal ? MESSAGES.keys : MESSAGES.keysByLine, { keys: log.keys() }));
    client.start();
    readKeys(process.stdin, (key) => client.press(key), quit);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(log.say(MESSAGES[error.key], error.values));
    process.exitCode = 2;
  }
}

/** @type {['ko', 'en']} */
const LANGUAGES = ['ko', 'en'];

/** The first seven are the reconnect guide's, to the letter. */
export const MESSAGES = {
  connecting: ['WebSocket 연결 시도: {url}', 'Connecting to WebSocket: {url}'],
  connected: ['✅ WebSocket 연결 성공', '✅ WebSocket connected'],
  sent: ['📤 전송: {text}', '📤 Sent: {text}'],
  received: ['📥 수신: {text}', '📥 Received: {text}'],
  failing: ['💥 네트워크 실패 시뮬레이션 - 연결 강제 종료', '💥 Simulated network failure - dropping the connection'],
  closed: ['❌ WebSocket 연결 종료 (코드: {code}, 이유: {reason})', '❌ WebSocket closed (code: {code}, reason: {reason})'],
  retrying: ['🔄 재연결 시도 {attempt}/{max} - {delay}ms 후 시도', '🔄 Reconnect attempt {attempt}/{max} - in {delay}ms'],
  exhausted: ['🛑 재연결 시도 {max}/{max} 실패 - 재연결을 포기합니다. {then}', '🛑 Reconnect attempt {max}/{max} failed - giving up. {then}'],
  refused: ['🛑 재연결하지 않습니다 - {why} {then}', '🛑 Not reconnecting - {why} {then}'],
  pressR: ['다시 시도하려면 r 키를 누르세요.', 'Press r to try again.'],
  exiting: ['프로그램을 종료합니다(종료 코드 1).', 'Exiting with code 1.'],
  manual: ['🔄 수동 재연결', '🔄 Manual reconnect'],
  underWay: ['⏳ 이미 진행 중입니다', '⏳ Already under way'],
  quitting: ['👋 종료합니다', '👋 Quitting'],
  silent: ['💔 ping을 보낸 뒤 {ms}ms 동안 pong이 없음 - 연결 강제 종료', '💔 No pong within {ms}ms of a ping - dropping the connection'],
  notConnected: ['⚠️ {ms}ms 안에 연결되지 않음 - 이번 시도를 중단합니다', '⚠️ Not connected within {ms}ms - dropping this attempt'],
  notUpgraded: [
    '⚠️ WebSocket 연결 대신 HTTP {status} 응답을 받음 - 서버 주소와 경로를 확인하세요',
    '⚠️ Got HTTP {status} instead of a WebSocket - check the address and the path',
  ],
  connectionError: ['⚠️ 연결 오류: {cause} - {hint}', '⚠️ Connection error: {cause} - {hint}'],
  cannotFail: ['⚠️ 연결되어 있지 않음 - 끊을 연결이 없습니다', '⚠️ Not connected - there is no connection to drop'],
  cannotSend: ['⚠️ 연결되어 있지 않음 - 메시지를 보내지 않았습니다', '⚠️ Not connected - the message was not sent'],
  testText: ['테스트 메시지', 'test message'],
  binary: ['(바이너리 {bytes}바이트)', '(binary, {bytes} bytes)'],
  status: ['📊 서버 상태: {json}', '📊 Server status: {json}'],
  noStatus: ['⚠️ 서버 상태를 확인할 수 없음: {cause} - {hint}', '⚠️ Cannot get the server status: {cause} - {hint}'],
  notCreated: ['⛔ 피어 생성 실패 [{code}: {message}] {advice}', '⛔ Peer not created [{code}: {message}] {advice}'],
  serverError: ['⚠️ 서버 오류 [{code}: {message}] {advice}', '⚠️ Server error [{code}: {message}] {advice}'],
  greeting: ['Tokenly 테스트 클라이언트 - 세션 {session}, 방 {room}', 'Tokenly test client - session {session}, room {room}'],
  keys: ['키: {keys}', 'Keys: {keys}'],
  keysByLine: ['키: {keys} (한 줄에 하나씩 입력)', 'Keys: {keys} (one per line)'],
  unknownKey: ['❓ 알 수 없는 키: {key} (사용할 수 있는 키: {keys})', '❓ Unknown key: {key} (keys: {keys})'],
  noWs: ['ws 패키지가 없습니다. 먼저 npm install을 실행하세요.', 'The ws package is missing: run npm install first.'],
  unknownOption: ['알 수 없는 옵션: {option} (--help로 옵션을 확인하세요)', 'Unknown option: {option} (see --help)'],
  noValue: ['{option} 옵션에 값이 필요합니다. 예: {option} {example}', '{option} needs a value, for example: {option} {example}'],
  badLanguage: ['잘못된 언어: {value} (ko 또는 en을 지정하세요)', 'Bad language: {value} (choose ko or en)'],
  badUrl: [
    '잘못된 URL: {url} (ws:// 또는 wss://로 시작하는 주소를 하나만 지정하세요. 예: ws://localhost:3003/rtc)',
    'Bad URL: {url} (give one address that starts with ws:// or wss://, for example ws://localhost:3003/rtc)',
  ],
  badMillis: [
    '{option} 옵션의 값이 잘못됨: {value} (1 이상 {max} 이하의 정수를 밀리초 단위로 지정하세요. 예: {option} {example})',
    'Bad value for {option}: {value} (give whole milliseconds from 1 to {max}, for example {option} {example})',
  ],
};

/** The close codes of a server to which there is no coming back, and why. @type {Record<string, Texts>} */
const REFUSALS = {
  1000: ['서버가 연결을 정상적으로 종료했습니다.', 'The server ended the connection normally.'],
  4000: ['서버가 프로토콜 오류로 연결을 끊었습니다. 버그이므로 제보해 주세요.', 'The server saw a protocol error. Please report this bug.'],
  4003: ['서버가 이 연결을 허용하지 않습니다.', 'The server does not allow this connection.'],
  4010: ['다른 인스턴스가 이 세션을 넘겨받았습니다.', 'Another instance has taken over this session.'],
};

const NOT_UNDERSTOOD = ['클라이언트와 서버의 버전이 서로 맞는지 확인하세요.', 'Check that client and server have the same version.'];
const OTHER_ADVICE = ['서버 메시지와 서버 로그를 확인하세요.', 'See the message and the log of the server.'];
/** What to do about an error code of PROTOCOL.md. @type {Record<string, Texts>} */
const ADVICE = {
  'session-in-use': [
    '다른 연결이 이 세션 ID를 사용 중입니다. 그 연결을 먼저 끝내거나 --session으로 다른 ID를 지정하세요.',
    'Another connection uses this session id. End that one first, or choose another id with --session.',
  ],
  'room-full': [
    '방이 가득 찼습니다. --room으로 다른 방을 지정하거나 나중에 r 키로 다시 시도하세요.',
    'The room is full. Choose another one with --room, or press r later.',
  ],
  'server-full': ['서버가 가득 찼습니다. 나중에 r 키로 다시 시도하세요.', 'The server is full. Press r later to try again.'],
  'bad-id': ['ID가 올바르지 않습니다. --session과 --room 값을 확인하세요.', 'An id is not valid. Check --session and --room.'],
  'unknown-session': ['이 연결에는 없는 세션입니다. r 키로 다시 연결하세요.', 'This connection holds no such session. Press r to reconnect.'],
  busy: ['방에 처리할 일이 밀려 있습니다. 잠시 후 다시 시도하세요.', 'The room has too much to do. Try again a little later.'],
  'bad-json': NOT_UNDERSTOOD,
  'bad-frame': NOT_UNDERSTOOD,
  'unknown-type': NOT_UNDERSTOOD,
};

const OTHER_HINT = ['서버 주소와 서버 로그를 확인하세요', 'check the address and the log of the server'];
/** What to check, by the code or the name of an error. @type {Record<string, Texts>} */
const HINTS = {
  ECONNREFUSED: ['서버가 실행 중인지 확인하세요', 'is the server running?'],
  ENOTFOUND: ['호스트 이름을 확인하세요', 'check the host name'],
  EAI_AGAIN: ['호스트 이름과 네트워크를 확인하세요', 'check the host name and the network'],
  TimeoutError: ['서버와 네트워크가 정상인지 확인하세요', 'check the server and the network'],
};

const KEYS = {
  q: ['종료', 'quit'],
  r: ['수동 재연결', 'reconnect'],
  f: ['네트워크 실패 시뮬레이션', 'simulate a network failure'],
  s: ['서버 상태', 'server status'],
  m: ['테스트 메시지', 'test message'],
};
/** The same keys on a Korean keyboard in Hangul mode. */
const HANGUL_KEYS = { ㅂ: 'q', ㄱ: 'r', ㄹ: 'f', ㄴ: 's', ㅡ: 'm' };

const DEFAULT_URL = 'ws://localhost:3003/rtc';
/** @type {Record<string, { argument?: string, value?: string, text: Texts }>} */
const OPTIONS = {
  lang: { argument: 'ko|en', value: 'ko', text: ['출력 언어', 'language of the output'] },
  session: { argument: 'ID', text: ['세션 ID [test-session-<시작 시각>]', 'session id [test-session-<start time>]'] },
  room: { argument: 'ID', value: 'test-room-001', text: ['방 ID', 'room id'] },
  delays: { argument: 'MS,...', value: '1000,2000,4000,8000,16000', text: ['재연결 시도별 대기 시간', 'delay before each attempt'] },
  heartbeat: { argument: 'MS', value: '10000', text: ['ping 간격', 'interval of the pings'] },
  'heartbeat-timeout': { argument: 'MS', value: '5000', text: ['pong을 기다리는 시간', 'how long to wait for a pong'] },
  'connect-timeout': { argument: 'MS', value: '10000', text: ['연결을 기다리는 시간', 'how long to wait for a connection'] },
  help: { text: ['이 도움말', 'this help'] },
};
const HELP = [
  `사용법: node test_client.js [URL] [옵션]
Tokenly 서버에 다시 연결되는 과정을 직접 시험합니다. 기본 URL: {url}

키 (터미널에서는 누르는 즉시 동작, 파이프로 입력할 때는 한 줄에 하나):
  {keys}

옵션 (MS는 밀리초, [ ] 안은 기본값):
{options}

종료 코드: 0 종료, 1 재연결 포기 (표준 입력이 터미널이 아닐 때), 2 잘못된 사용법
예: node test_client.js ws://localhost:3003/rtc --room my-room --delays 500,1000`,
  `Usage: node test_client.js [URL] [options]
Tries out by hand how a client comes back to a Tokenly server. Default URL: {url}

Keys (on a terminal at once; from a pipe one per line):
  {keys}

Options (MS: milliseconds; defaults in [ ]):
{options}

Exit codes: 0 quit, 1 gave up reconnecting (when standard input is not a terminal), 2 wrong usage
Example: node test_client.js ws://localhost:3003/rtc --lang en --room my-room --delays 500,1000`,
];

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
