/**
 * Tries out by hand how a session survives the network: `node test_client.js --help`. The client library does the
 * reconnecting; here is what the keys do, and what is written about it.
 */
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printable } from './src/main/webapp/common/printable.js';
import { lookUp, OTHER_ADVICE, REFUSALS } from './src/main/webapp/lab/advice.js';
import { LOG_TEXTS } from './src/main/webapp/lab/log-texts.js';
import { shown } from './src/main/webapp/lib/frames.js';
import { connect, PROTOCOL } from './src/main/webapp/lib/tokenly.js';

/** @typedef {readonly string[]} Texts one text per language, in the order of LANGUAGES; `{name}` is filled in */
/** @typedef {keyof typeof MESSAGES} MessageKey */
/** @typedef {Record<string, unknown>} Values */
/** @typedef {ReturnType<typeof readOptions>} Options */
/** @typedef {import('./src/main/webapp/lib/tokenly.js').Client} Client */
/** @typedef {import('./src/main/webapp/lib/tokenly.js').Fields} Fields */
/** @typedef {import('./src/main/webapp/lib/tokenly.js').Peer} Peer */
/** @typedef {import('./src/main/webapp/lib/tokenly.js').StateEvent} StateEvent */
/** @typedef {import('./src/main/webapp/lib/tokenly.js').TokenlyError} TokenlyError */
/** @typedef {import('./src/main/webapp/lib/tokenly.js').TokenSource} TokenSource */

/** PROTOCOL.md, "Close codes": more was sent than the server allows. */
const OVER_RATE = 4013;
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
    const line = this.say(MESSAGES[key], values);
    process.stdout.write(`[${new Date().toISOString()}] ${printable(line)}\n`);
  }

  /** Writes what failed and what to check. @param {MessageKey} key @param {unknown} thrown */
  writeFailure(key, thrown) {
    const outer = /** @type {Error} */ (thrown);
    const { name, message, code } = /** @type {Error & { code?: string }} */ (outer.cause ?? outer);
    const hint = this.say(lookUp(HINTS, code) ?? lookUp(HINTS, name) ?? LOG_TEXTS.hintOther);
    // Where a name has two addresses, Node throws an AggregateError: no message, but a code.
    this.write(key, { cause: message || code || name, hint });
  }

  /** Pings and their answers are no news. @param {'sent' | 'received'} key @param {string} text @param {Fields} [frame] what the text says */
  frame(key, text, frame) {
    if (frame?.['type'] !== 'ping' && frame?.['type'] !== 'pong') this.write(key, { text });
  }

  /** @param {any} data as it came; a binary frame means nothing */
  received(data) {
    const frame = typeof data === 'string' ? parse(data) : undefined;
    this.frame('received', typeof data === 'string' ? data : this.say(MESSAGES.binary, { bytes: data.length }), frame);
    if (frame?.['type'] === 'peer-created' && frame['success'] === false) this.explain('notCreated', frame['error']);
    if (frame?.['type'] === 'error') this.explain('serverError', frame);
  }

  /** @param {MessageKey} key @param {any} error whatever the server sent, at best its code and message */
  explain(key, error) {
    const [code, message] = [error?.code, error?.message].map((value) => (typeof value === 'string' ? value : '?'));
    this.write(key, { code, message, advice: this.say(lookUp(ADVICE, code) ?? OTHER_ADVICE) });
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

/** Keeps one session at the server, does what the keys say, and writes what happens. */
class Session {
  /** The session, once the server has made it. @type {Peer | undefined} */
  #peer;
  /** Whether it was asked for: the library keeps it then. */
  #isJoining = false;

  /** @param {Client} client @param {Options} options @param {Log} log @param {(code: number) => void} exit */
  constructor(client, options, log, exit) {
    this.client = client;
    this.options = options;
    this.log = log;
    this.exit = exit;
    client.on('state', (event) => this.#moved(event));
    client.on('error', (error) => this.#troubled(error));
    if (options.isPlain) return; // then the socket writes the frames
    client.on('sent', ({ frame, text }) => log.frame('sent', frame['type'] === 'create-peer' ? shortCreate(frame) : text, frame));
    client.on('received', ({ data }) => log.received(data));
  }

  /** @param {string} key */
  press(key) {
    switch (lookUp(HANGUL_KEYS, key) ?? key.toLowerCase()) {
      case 'q': return this.quit();
      case 'r': return this.#reconnect();
      case 'f': return this.#fail();
      case 's': return void this.#showStatus();
      case 'm': return this.#sendMessage();
      default: return this.log.write('unknownKey', { key, keys: this.log.keys() });
    }
  }

  /** Leaves: the session ends at the server too. */
  quit() {
    const { state } = this.client.view;
    if (state === 'closed') return;
    this.log.write('quitting');
    const hasConnection = isOpen(state) || state === 'connecting';
    void this.client.close().then((loss) => {
      if (hasConnection) this.log.write('closed', { ...loss });
      this.exit(0);
    });
  }

  #reconnect() {
    if (this.client.view.state === 'closed') return this.log.write('underWay');
    this.log.write('manual');
    this.client.reconnectNow();
  }

  #fail() {
    this.log.write(isOpen(this.client.view.state) ? 'failing' : 'cannotFail');
    this.client.fail();
  }

  /** @param {StateEvent} event */
  #moved({ state, loss, attempt, delay, maxAttempts: max, error }) {
    if (loss) this.log.write('closed', { ...loss });
    if (loss?.code === OVER_RATE) this.log.write('overRate');
    switch (state) {
      case 'connecting': return this.log.write('connecting', { url: this.client.url });
      case 'welcoming': return this.log.write('connected');
      case 'connected': return this.#join();
      case 'waiting': return this.log.write('retrying', { attempt, max, delay });
      case 'gave-up': return this.#stop('exhausted', { max });
      case 'resting': return this.#stop('refused', { why: this.log.say(lookUp(OWN_REFUSALS, 'unused') ?? OTHER_ADVICE) });
      case 'refused': return this.#stop('refused', { why: this.log.say(lookUp(OWN_REFUSALS, error?.code) ?? OTHER_ADVICE) });
      default: return undefined;
    }
  }

  /** @param {'refused' | 'exhausted'} key @param {Values} values */
  #stop(key, values) {
    this.log.write(key, { ...values, then: this.log.say(this.options.isTerminal ? MESSAGES.pressR : MESSAGES.exiting) });
    if (!this.options.isTerminal) this.exit(1);
  }

  /** Asks for the session, unless it is there; the library keeps it from then on. */
  #join() {
    if (this.#isJoining) return;
    this.#isJoining = true;
    const on = { signal: () => {} }; // the log has shown it: so it can be acknowledged
    this.client.createPeer({ sessionId: this.options.session, roomId: this.options.room, on }).then((peer) => this.#joined(peer), (error) => {
      this.#isJoining = false;
      if (error.code === 'bad-id') this.log.explain('notCreated', error); // the library sends none to the server
    });
  }

  /** @param {Peer} peer */
  #joined(peer) {
    this.#peer = peer;
    peer.on('ended', () => {
      this.#peer = undefined;
      this.#isJoining = false;
    });
    if (this.options.isPlain) return;
    peer.on('resumed', (counts) => this.log.write('resumed', counts));
    peer.on('reset', ({ reason, lost }) => {
      this.log.write('reset', { reason });
      if (lost) this.log.write('lostAcknowledged', { ...lost });
    });
    peer.on('taken-over', () => this.log.write('takenOver'));
  }

  /** @param {TokenlyError} error */
  #troubled(error) {
    switch (error.code) {
      case 'connect-timeout': return this.log.write('notConnected', { ms: this.options.connectTimeout });
      case 'heartbeat-timeout': return this.log.write('silent', { ms: this.options.heartbeatTimeout });
      case 'handshake-refused': return this.log.write('notUpgraded', { status: error.status });
      case 'connection-failed': return this.log.writeFailure('connectionError', error);
      // The code alone: whoever mistakes the options gives the token for the name of the file.
      case 'token-failed': return this.log.write('tokenFailed', { cause: /** @type {{ code?: string } | undefined} */ (error.cause)?.code ?? error.message });
      case 'token-not-renewable': return this.log.write('tokenExpires');
      default: return undefined; // an `error` frame, which is explained where it is written
    }
  }

  #sendMessage() {
    const { isPlain } = this.options;
    if (!this.#peer || (isPlain && !this.#peer.isAttached)) return this.log.write('cannotSend');
    if (!this.#peer.isAttached) this.log.write('queued');
    const message = /** @type {const} */ ({ type: 'message', text: this.log.say(MESSAGES.testText), timestamp: new Date().toISOString() });
    this.#peer.send(message).then(
      ({ seq }) => isPlain || this.log.write('acknowledged', { seq }),
      ({ code }) => this.log.write('lost', { code }),
    );
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

/**
 * Lets a socket speak the plain protocol with the server, and `tokenly.v1` with the library, which so serves both: it makes
 * the session anew on each connection. Nobody acknowledges a plain signal; it counts as soon as it is sent.
 * @param {import('ws').WebSocket} socket that has just been made @param {Options} options @param {Log} log
 */
function speakPlain(socket, options, log) {
  const tell = (/** @type {Fields} */ frame) => socket.onmessage?.(/** @type {any} */ ({ data: JSON.stringify(frame) }));
  const send = socket.send.bind(socket);
  socket.on('open', () => queueMicrotask(() => tell({ type: 'welcome', reconnect: { reset_after_ms: 0 }, features: ['leave', 'auth'] })));
  socket.on('message', (data, isBinary) => socket.onmessage && log.received(isBinary ? data : String(data)));
  return Object.defineProperties(socket, {
    protocol: { value: PROTOCOL },
    send: {
      value: (/** @type {string} */ text) => {
        const { resume_key: _, instance: __, attempt: ___, seq, ...frame } = JSON.parse(text);
        // A plain client says nothing before it closes with 1000.
        if (frame.type === 'leave') return tell({ type: 'peer-destroyed', session_id: options.session });
        if (frame.type === 'resume') return tell({ type: 'resumed', session_id: frame.sessions[0].session_id, outcome: 'gone' });
        send(JSON.stringify(frame));
        log.frame('sent', JSON.stringify(shown(frame)), frame);
        if (seq) tell({ type: 'ack', received: { [frame.session_id]: seq } });
      },
    },
  });
}

/** The frame as a plain client sends it, and as the guide shows it: the key is a secret, the rest is of use to nobody who reads along. @param {Fields} frame */
const shortCreate = ({ type, session_id, room_id }) => JSON.stringify({ type, session_id, room_id });

/** @param {StateEvent['state']} state */
const isOpen = (state) => state === 'welcoming' || state === 'connected';

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
    if (isMissing) throw new UsageError('noValue', { option, example: known.example ?? known.value ?? 'my-session' });
  }
  const { lang, session = `test-session-${Date.now()}`, room, delays } = values;
  if (!LANGUAGES.some((language) => language === lang)) throw new UsageError('badLanguage', { value: lang });
  const isDefault = delays === OPTIONS['delays']?.value;
  const list = String(delays).split(',').map((value) => readMillis('delays', value));
  return {
    url: readUrl(positionals),
    session: String(session),
    room: String(room),
    delays: list,
    // Other delays than the guide's are one attempt each; those of the guide are as many as the server says.
    maxAttempts: isDefault ? /** @type {const} */ ('announced') : list.length,
    heartbeat: readMillis('heartbeat', values['heartbeat']),
    heartbeatTimeout: readMillis('heartbeat-timeout', values['heartbeat-timeout']),
    connectTimeout: readMillis('connect-timeout', values['connect-timeout']),
    isPlain: values['plain'] === true,
    token: readToken(values),
    isTerminal: process.stdin.isTTY,
  };
}

/** A file is read for each connection, so that whatever renews the token can write it there. @param {Record<string, unknown>} values @returns {TokenSource | undefined} */
function readToken({ token, 'token-file': file }) {
  if (token !== undefined && file !== undefined) throw new UsageError('twoTokens');
  if (typeof file === 'string') return async () => (await readFile(file, 'utf8')).trim();
  return String(token ?? process.env['TOKENLY_TOKEN'] ?? '').trim() || undefined;
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

/** @param {typeof import('ws')} ws @param {Options} options @param {Log} log */
function connectWith(ws, options, log) {
  const settings = /** @type {object} */ ({ closeTimeout: CLOSE_WAIT_MILLIS }); // not yet in @types/ws
  /** @param {string} url @param {string[]} protocols */
  function WebSocket(url, protocols) {
    return options.isPlain ? speakPlain(new ws.WebSocket(url, settings), options, log) : new ws.WebSocket(url, protocols, settings);
  }
  return connect(options.url, {
    WebSocket: /** @type {any} */ (WebSocket),
    delays: options.delays,
    maxAttempts: options.maxAttempts,
    jitter: 0, // the guide promises exact delays
    finalCodes: [1000], // and that a normal end of the connection is one
    connectTimeoutMillis: options.connectTimeout,
    heartbeat: { intervalMillis: options.heartbeat, timeoutMillis: options.heartbeatTimeout },
    token: options.token,
  });
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
    console.log(log.say(MESSAGES.greeting, options));
    console.log(log.say(options.isTerminal ? MESSAGES.keys : MESSAGES.keysByLine, { keys: log.keys() }));
    const session = new Session(connectWith(ws, options, log), options, log, exit);
    const quit = () => session.quit();
    process.on('SIGINT', quit).on('SIGTERM', quit);
    process.stdout.on('error', quit); // nobody reads on
    readKeys(process.stdin, (key) => session.press(key), quit);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(log.say(MESSAGES[error.key], error.values));
    process.exitCode = 2;
  }
}

/** @type {['ko', 'en']} */
const LANGUAGES = ['ko', 'en'];

export const MESSAGES = {
  ...LOG_TEXTS,
  pressR: ['다시 시도하려면 r 키를 누르세요.', 'Press r to try again.'],
  exiting: ['프로그램을 종료합니다(종료 코드 1).', 'Exiting with code 1.'],
  quitting: ['👋 종료합니다', '👋 Quitting'],
  notUpgraded: [
    '⚠️ WebSocket 연결 대신 HTTP {status} 응답을 받음 - 서버 주소와 경로를 확인하세요',
    '⚠️ Got HTTP {status} instead of a WebSocket - check the address and the path',
  ],
  tokenFailed: ['⚠️ 토큰을 읽을 수 없음: {cause} - --token-file로 지정한 파일을 확인하세요', '⚠️ Cannot read the token: {cause} - check the file of --token-file'],
  tokenExpires: [
    '⚠️ 토큰이 만료되는데 새 토큰을 얻을 수 없음 - --token-file을 쓰면 파일에서 새 토큰을 읽습니다',
    '⚠️ The token expires, and there is no new one - with --token-file it is read anew from the file',
  ],
  greeting: ['Tokenly 테스트 클라이언트 - 세션 {session}, 방 {room}', 'Tokenly test client - session {session}, room {room}'],
  keys: ['키: {keys}', 'Keys: {keys}'],
  keysByLine: ['키: {keys} (한 줄에 하나씩 입력)', 'Keys: {keys} (one per line)'],
  unknownKey: ['❓ 알 수 없는 키: {key} (사용할 수 있는 키: {keys})', '❓ Unknown key: {key} (keys: {keys})'],
  noWs: ['ws 패키지가 없습니다. 먼저 npm install을 실행하세요.', 'The ws package is missing: run npm install first.'],
  unknownOption: ['알 수 없는 옵션: {option} (--help로 옵션을 확인하세요)', 'Unknown option: {option} (see --help)'],
  noValue: ['{option} 옵션에 값이 필요합니다. 예: {option} {example}', '{option} needs a value, for example: {option} {example}'],
  twoTokens: ['--token과 --token-file 중 하나만 지정하세요.', 'Give either --token or --token-file, not both.'],
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

const TOKEN_NEEDED = ['서버가 토큰을 요구합니다. --token 또는 --token-file 옵션으로 지정하세요.', 'The server asks for a token. Give one with --token or --token-file.'];
/** Where the page cannot help, but this client can. @type {Record<string, Texts>} */
const OWN_REFUSALS = {
  ...REFUSALS,
  'not-resumable': [
    '서버가 tokenly.v1 프로토콜을 지원하지 않습니다. --plain 옵션으로 연결하세요.',
    'The server does not speak tokenly.v1. Connect with --plain.',
  ],
  unauthorized: TOKEN_NEEDED,
};

const NOT_UNDERSTOOD = ['클라이언트와 서버의 버전이 서로 맞는지 확인하세요.', 'Check that client and server have the same version.'];
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
  'unknown-session': [
    '이 연결에는 이제 없는 세션입니다. 자동으로 다시 요청합니다. 계속되면 r 키로 다시 연결하세요.',
    'This connection holds no such session any more. It is asked for again by itself; if that goes on, press r to reconnect.',
  ],
  busy: ['방에 처리할 일이 밀려 있습니다. 잠시 후 다시 시도하세요.', 'The room has too much to do. Try again a little later.'],
  'rate-limited': [
    '서버가 허용하는 속도를 넘었습니다. 잠시 기다렸다가 더 천천히 보내세요.',
    'The server allows no more at once. Wait a little, then send more slowly.',
  ],
  'quota-exceeded': [
    '서버에서 쓸 수 있는 몫(세션 또는 상대가 아직 읽지 않은 메시지)을 모두 썼습니다. 줄어들 때까지 기다렸다가 다시 시도하세요.',
    'This client uses its whole share of the server: sessions, or messages that are not read yet. Wait until there are fewer, then try again.',
  ],
  'not-allowed': [
    '이 토큰으로는 이 세션이나 방을 쓸 수 없습니다. --session과 --room을 토큰에 맞추거나 다른 토큰을 지정하세요.',
    'The token does not grant this session or room. Choose others with --session and --room, or give another token.',
  ],
  unauthorized: TOKEN_NEEDED,
  'bad-json': NOT_UNDERSTOOD,
  'bad-frame': NOT_UNDERSTOOD,
  'unknown-type': NOT_UNDERSTOOD,
};

/** What to check, by the code or the name of an error. @type {Record<string, Texts>} */
const HINTS = {
  ECONNREFUSED: LOG_TEXTS.hintRunning,
  ENOTFOUND: ['호스트 이름을 확인하세요', 'check the host name'],
  EAI_AGAIN: ['호스트 이름과 네트워크를 확인하세요', 'check the host name and the network'],
  TimeoutError: LOG_TEXTS.hintTimeout,
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
/** @type {Record<string, { argument?: string, value?: string, example?: string, text: Texts }>} */
const OPTIONS = {
  lang: { argument: 'ko|en', value: 'ko', text: ['출력 언어', 'language of the output'] },
  session: { argument: 'ID', text: ['세션 ID [test-session-<시작 시각>]', 'session id [test-session-<start time>]'] },
  room: { argument: 'ID', value: 'test-room-001', text: ['방 ID', 'room id'] },
  delays: { argument: 'MS,...', value: '1000,2000,4000,8000,16000', text: ['재연결 시도별 대기 시간', 'delay before each attempt'] },
  heartbeat: { argument: 'MS', value: '10000', text: ['ping 간격', 'interval of the pings'] },
  'heartbeat-timeout': { argument: 'MS', value: '5000', text: ['pong을 기다리는 시간', 'how long to wait for a pong'] },
  'connect-timeout': { argument: 'MS', value: '10000', text: ['연결을 기다리는 시간', 'how long to wait for a connection'] },
  token: { argument: 'JWT', example: '"$(cat token.txt)"', text: ['서버에 제시할 토큰 [환경 변수 TOKENLY_TOKEN]', 'token to show the server [TOKENLY_TOKEN in the environment]'] },
  'token-file': { argument: 'FILE', example: 'token.txt', text: ['토큰이 든 파일. 연결할 때마다 다시 읽습니다', 'file that holds the token, read anew for each connection'] },
  plain: { text: ['재개 없는 기본 프로토콜 사용', 'use the plain protocol, without resuming'] },
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
