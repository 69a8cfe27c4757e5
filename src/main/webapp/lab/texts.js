/** Everything that the page says, in both languages. */

/** @typedef {'ko' | 'en'} Language */
/** @typedef {readonly [string, string]} Text one thing to say, in the order of LANGUAGES */
/** @typedef {Readonly<Record<string, unknown>>} Values what `{name}` in a text stands for; a Text among them is said too */
/** @typedef {keyof typeof TEXTS} TextKey */

/** @type {readonly Language[]} */
export const LANGUAGES = ['ko', 'en'];

/** @satisfies {Record<string, Text>} */
export const TEXTS = {
  // The log, in the words of test_client.js, to the letter.
  connecting: ['WebSocket 연결 시도: {url}', 'Connecting to WebSocket: {url}'],
  connected: ['✅ WebSocket 연결 성공', '✅ WebSocket connected'],
  sent: ['📤 전송: {text}', '📤 Sent: {text}'],
  received: ['📥 수신: {text}', '📥 Received: {text}'],
  failing: ['💥 네트워크 실패 시뮬레이션 - 연결 강제 종료', '💥 Simulated network failure - dropping the connection'],
  closed: ['❌ WebSocket 연결 종료 (코드: {code}, 이유: {reason})', '❌ WebSocket closed (code: {code}, reason: {reason})'],
  retrying: ['🔄 재연결 시도 {attempt}/{max} - {delay}ms 후 시도', '🔄 Reconnect attempt {attempt}/{max} - in {delay}ms'],
  exhausted: ['🛑 재연결 시도 {max}/{max} 실패 - 재연결을 포기합니다. {then}', '🛑 Reconnect attempt {max}/{max} failed - giving up. {then}'],
  refused: ['🛑 재연결하지 않습니다 - {why} {then}', '🛑 Not reconnecting - {why} {then}'],
  manual: ['🔄 수동 재연결', '🔄 Manual reconnect'],
  underWay: ['⏳ 이미 진행 중입니다', '⏳ Already under way'],
  silent: ['💔 ping을 보낸 뒤 {ms}ms 동안 pong이 없음 - 연결 강제 종료', '💔 No pong within {ms}ms of a ping - dropping the connection'],
  notConnected: ['⚠️ {ms}ms 안에 연결되지 않음 - 이번 시도를 중단합니다', '⚠️ Not connected within {ms}ms - dropping this attempt'],
  connectionError: ['⚠️ 연결 오류: {cause} - {hint}', '⚠️ Connection error: {cause} - {hint}'],
  cannotFail: ['⚠️ 연결되어 있지 않음 - 끊을 연결이 없습니다', '⚠️ Not connected - there is no connection to drop'],
  cannotSend: ['⚠️ 연결되어 있지 않음 - 메시지를 보내지 않았습니다', '⚠️ Not connected - the message was not sent'],
  testText: ['테스트 메시지', 'test message'],
  binary: ['(바이너리 {bytes}바이트)', '(binary, {bytes} bytes)'],
  status: ['📊 서버 상태: {json}', '📊 Server status: {json}'],
  noStatus: ['⚠️ 서버 상태를 확인할 수 없음: {cause} - {hint}', '⚠️ Cannot get the server status: {cause} - {hint}'],
  notCreated: ['⛔ 피어 생성 실패 [{code}: {message}] {advice}', '⛔ Peer not created [{code}: {message}] {advice}'],
  serverError: ['⚠️ 서버 오류 [{code}: {message}] {advice}', '⚠️ Server error [{code}: {message}] {advice}'],
  hintRunning: ['서버가 실행 중인지 확인하세요', 'is the server running?'],
  hintTimeout: ['서버와 네트워크가 정상인지 확인하세요', 'check the server and the network'],
  hintOther: ['서버 주소와 서버 로그를 확인하세요', 'check the address and the log of the server'],

  // The log, where the page does what the test client cannot.
  pressReconnect: ['다시 시도하려면 ‘지금 재연결’을 누르세요.', 'Press “Reconnect now” to try again.'],
  disconnecting: ['👋 연결을 끊습니다', '👋 Disconnecting'],
  hintElsewhere: [
    '서버가 꺼져 있거나, 다른 주소의 서버라서 브라우저가 읽지 못하게 했을 수 있습니다',
    'the server is down, or the browser does not let this page read another server',
  ],

  // The head of the page.
  lab: ['재연결 실험실', 'Reconnect lab'],
  intro: [
    '네트워크가 끊겨도 세션이 살아남는 WebRTC 시그널링 서버입니다. 연결을 끊고, 다시 이어지는 과정을 지켜보세요.',
    'A WebRTC signaling server whose sessions survive the network. Break the connection and watch it come back.',
  ],
  language: ['언어', 'Language'],
  title: ['{state} · Tokenly 재연결 실험실', '{state} · Tokenly reconnect lab'],

  // The state, in a word and in a sentence.
  connectionHeading: ['연결 상태', 'Connection'],
  isIdle: ['연결 안 됨', 'Disconnected'],
  isConnecting: ['연결 중', 'Connecting'],
  isConnected: ['연결됨', 'Connected'],
  isReconnecting: ['재연결 중', 'Reconnecting'],
  isGivenUp: ['재연결 포기', 'Gave up'],
  isRefused: ['재연결 안 함', 'Not reconnecting'],
  isOutside: ['세션 없음', 'No session'],
  idleDetail: ['‘연결’을 누르면 서버에 연결하고 방에 들어갑니다.', 'Press “Connect” to reach the server and enter the room.'],
  connectingDetail: ['서버의 응답을 기다리고 있습니다.', 'Waiting for the server to answer.'],
  connectedDetail: ['서버에 연결되어 방에 들어와 있습니다.', 'Connected to the server and in the room.'],
  waitingDetail: ['{seconds}초 후에 다시 연결합니다 (시도 {attempt}/{max})', 'Trying again in {seconds} s (attempt {attempt} of {max})'],
  tryingDetail: ['다시 연결하고 있습니다 (시도 {attempt}/{max})', 'Trying now (attempt {attempt} of {max})'],
  gaveUpDetail: [
    '{max}번 시도했지만 연결하지 못했습니다. 서버가 실행 중인지 확인한 뒤 ‘지금 재연결’\u2060을 누르세요.',
    'All {max} attempts failed. Check that the server is running, then press “Reconnect now”.',
  ],
  session: ['세션', 'Session'],
  room: ['방', 'Room'],

  // The buttons.
  actions: ['동작', 'Actions'],
  connect: ['연결', 'Connect'],
  disconnect: ['연결 끊기', 'Disconnect'],
  reconnect: ['지금 재연결', 'Reconnect now'],
  fail: ['실패 시뮬레이션', 'Simulate failure'],
  send: ['테스트 메시지 보내기', 'Send test message'],
  serverStatus: ['서버 상태', 'Server status'],

  // The counters.
  counters: ['횟수', 'Counters'],
  opens: ['연결', 'Connections'],
  losses: ['끊김', 'Losses'],
  attempts: ['재연결 시도', 'Attempts'],
  sentFrames: ['보낸 프레임', 'Frames sent'],
  receivedFrames: ['받은 프레임', 'Frames received'],
  roundTrip: ['왕복 시간', 'Round trip'],

  // The time line.
  timeline: ['타임라인', 'Time line'],
  timelineAlternative: [
    '최근 {seconds}초. 이 페이지: {page}. 서버: {server}. 자세한 내용은 아래 표에 있습니다.',
    'The last {seconds} s. This page: {page}. Server: {server}. The table below has the details.',
  ],
  pageLane: ['이 페이지의 연결', 'This page’s connection'],
  serverLane: ['서버의 /status (서버 전체)', 'The server’s /status (all sessions)'],
  now: ['지금', 'now'],
  ago: ['-{seconds}초', '−{seconds} s'],
  trying: ['연결 중, 재연결 중', 'Connecting, reconnecting'],
  unreachable: ['응답 없음', 'No answer'],
  lostMark: ['끊김', 'lost'],
  backMark: ['복귀', 'back'],
  gaveUpMark: ['포기', 'gave up'],
  attemptMark: ['시도와 그 전의 대기 시간', 'attempt and the delay before it'],
  manualMark: ['지금 재연결', 'reconnect now'],
  dueMark: ['서버가 센 시도', 'attempt counted by the server'],
  asTable: ['표로 보기', 'As a table'],
  tableTime: ['시각', 'Time'],
  tableWhere: ['어디', 'Where'],
  tableWhat: ['무엇', 'What'],
  tableFor: ['지속', 'For'],
  here: ['페이지', 'page'],
  there: ['서버', 'server'],
  attemptEvent: ['시도 ({delay} 대기 후)', 'attempt (after {delay})'],
  dueEvent: ['서버가 센 시도: {attempt}', 'attempts counted: {attempt}'],
  duration: ['{seconds}초', '{seconds} s'],

  // The log's surroundings.
  log: ['로그', 'Log'],
  showPings: ['ping/pong 표시', 'Show pings'],
  copy: ['로그 복사', 'Copy log'],
  clear: ['지우기', 'Clear'],
  copied: ['로그를 복사했습니다.', 'The log is copied.'],
  notCopied: ['복사하지 못했습니다. 로그를 선택해 직접 복사하세요.', 'Could not copy. Select the log and copy it by hand.'],
  cleared: ['로그를 지웠습니다.', 'The log is cleared.'],

  // The room and the server.
  peers: ['같은 방의 피어', 'Peers in the room'],
  noPeers: ['아직 아무도 없습니다. 이 페이지를 다른 탭에서 열어 보세요.', 'Nobody yet. Open this page in another tab.'],
  notInRoom: ['연결하면 여기에 표시됩니다.', 'They show up here once you are connected.'],
  morePeers: ['외 {count}개', 'and {count} more'],
  openTab: ['새 탭 열기', 'New tab'],
  herePeer: ['연결됨', 'connected'],
  awayPeer: ['자리 비움', 'away'],
  server: ['서버', 'Server'],
  unreachableHere: ['서버가 응답하지 않습니다. 계속 확인하고 있습니다.', 'The server does not answer. Still asking.'],
  unreachableElsewhere: ['다른 서버라서 이 페이지에서는 읽을 수 없습니다.', 'Unreachable from this page: another server.'],

  // The settings.
  settings: ['설정', 'Settings'],
  settingsHint: ['다음 연결부터 적용됩니다.', 'For the next connection.'],
  defaults: ['기본값으로', 'Back to defaults'],
  newSession: ['새 ID', 'New id'],
  url: ['서버 URL', 'Server URL'],
  sessionId: ['세션 ID', 'Session id'],
  roomId: ['방 ID', 'Room id'],
  maxAttempts: ['최대 시도 횟수', 'Attempts'],
  initialDelay: ['첫 대기 시간 (ms)', 'First delay (ms)'],
  heartbeat: ['하트비트 간격 (ms)', 'Heartbeat interval (ms)'],
  heartbeatTimeout: ['하트비트 제한 시간 (ms)', 'Heartbeat timeout (ms)'],
  connectTimeoutMillis: ['연결 제한 시간 (ms)', 'Connect timeout (ms)'],
  urlHint: ['ws:// 또는 wss://', 'ws:// or wss://'],
  idHint: ['1~128자', '1 to 128 characters'],
  rangeHint: ['{min}~{max}', '{min} to {max}'],
  delaysHint: ['대기 시간: {delays}초', 'Delays: {delays} s'],
  urlComplaint: ['ws://나 wss://로 시작하는 주소를 입력하세요.', 'Enter an address that starts with ws:// or wss://.'],
  idComplaint: ['1~128자로 입력하세요. 제어 문자는 쓸 수 없습니다.', 'Enter 1 to 128 characters, no control characters.'],
  rangeComplaint: ['{min}~{max} 사이의 정수', 'whole number, {min} to {max}'],

  // The foot of the page.
  addresses: ['주소', 'Addresses'],
  terminal: ['터미널에서', 'In a terminal'],
  terminalKeys: [
    'm 메시지 전송, f 네트워크 실패 시뮬레이션, r 수동 재연결, s 서버 상태, q 종료',
    'm sends a message, f simulates a network failure, r reconnects, s shows the server status, q quits',
  ],
};

/** The close codes of a server to which there is no coming back, and why, in the words of test_client.js. @type {Record<string, Text>} */
export const REFUSALS = {
  1000: ['서버가 연결을 정상적으로 종료했습니다.', 'The server ended the connection normally.'],
  4000: ['서버가 프로토콜 오류로 연결을 끊었습니다. 버그이므로 제보해 주세요.', 'The server saw a protocol error. Please report this bug.'],
  4003: ['서버가 이 연결을 허용하지 않습니다.', 'The server does not allow this connection.'],
  4010: ['다른 인스턴스가 이 세션을 넘겨받았습니다.', 'Another instance has taken over this session.'],
};

/** @type {Text} */
const NOT_UNDERSTOOD = ['클라이언트와 서버의 버전이 서로 맞는지 확인하세요.', 'Check that client and server have the same version.'];

/** What to do about an error code of PROTOCOL.md. @type {Record<string, Text>} */
export const ADVICE = {
  'session-in-use': [
    '다른 연결이 이 세션 ID를 사용 중입니다. 설정에서 ‘새 ID’를 누른 뒤 다시 연결하세요.',
    'Another connection uses this session id. Press “New id” in the settings, then reconnect.',
  ],
  'room-full': [
    '방이 가득 찼습니다. 설정에서 다른 방을 지정하거나 나중에 다시 연결하세요.',
    'The room is full. Choose another one in the settings, or reconnect later.',
  ],
  'server-full': ['서버가 가득 찼습니다. 나중에 다시 연결하세요.', 'The server is full. Reconnect later.'],
  'bad-id': ['ID가 올바르지 않습니다. 설정에서 세션 ID와 방 ID를 확인하세요.', 'An id is not valid. Check the session id and the room id in the settings.'],
  'unknown-session': ['이 연결에는 없는 세션입니다. ‘지금 재연결’\u2060을 누르세요.', 'This connection holds no such session. Press “Reconnect now”.'],
  busy: ['방에 처리할 일이 밀려 있습니다. 잠시 후 다시 시도하세요.', 'The room has too much to do. Try again a little later.'],
  'bad-json': NOT_UNDERSTOOD,
  'bad-frame': NOT_UNDERSTOOD,
  'unknown-type': NOT_UNDERSTOOD,
};

/** @type {Text} */
export const OTHER_ADVICE = ['서버 메시지와 서버 로그를 확인하세요.', 'See the message and the log of the server.'];

/** @template T @param {Record<string, T>} table @param {unknown} key @returns {T | undefined} its own entries only */
export const lookUp = (table, key) => (Object.hasOwn(table, String(key)) ? table[String(key)] : undefined);

/** @param {Language} language @param {Text} text @param {Values} [values] @returns {string} */
export function say(language, text, values = {}) {
  const index = LANGUAGES.indexOf(language);
  return String(text[index]).replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return Array.isArray(value) ? String(value[index]) : String(value);
  });
}

/** The first of the wished languages that the page speaks, English where it speaks none. @param {readonly string[]} wishes @returns {Language} */
export function chooseLanguage(wishes) {
  const tags = wishes.map((wish) => wish.slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === tags.find((tag) => LANGUAGES.some((known) => known === tag))) ?? 'en';
}
