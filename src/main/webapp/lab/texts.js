/** What the page says, in both languages; what to do about an error stands in advice.js. */

import { LOG_TEXTS } from './log-texts.js';

/** @typedef {import('../common/language.js').Text} Text */
/** @typedef {keyof typeof TEXTS} TextKey */

/** @satisfies {Record<string, Text>} */
export const TEXTS = {
  ...LOG_TEXTS,

  // The log, where the page does what the test client cannot.
  replayed: ['📥 수신: {text} ← 밀린 메시지', '📥 Received: {text} ← replayed'],
  meaning: ['ℹ️ {meaning}', 'ℹ️ {meaning}'],
  undeliverable: ['⛔ {to}에게 전달되지 않음 (이유: {reason}, seq {seqs})', '⛔ Not delivered to {to} (reason: {reason}, seq {seqs})'],
  allOthers: ['다른 모두', 'all others'],
  tokenFailed: ['⚠️ 토큰이 비어 있음 - 설정에 토큰을 입력하세요', '⚠️ There is no token any more - enter one in the settings'],
  pressReconnect: ['다시 시도하려면 ‘지금 재연결’을 누르세요.', 'Press “Reconnect now” to try again.'],
  pressNewId: ['설정에서 ‘새 ID’를 누른 뒤 다시 연결하세요.', 'Press “New id” in the settings, then reconnect.'],
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
  isTakenOver: ['다른 곳으로 넘어감', 'Taken over'],
  isOutside: ['세션 없음', 'No session'],
  idleDetail: ['‘연결’을 누르면 서버에 연결하고 방에 들어갑니다.', 'Press “Connect” to reach the server and enter the room.'],
  connectingDetail: ['서버의 응답을 기다리고 있습니다.', 'Waiting for the server to answer.'],
  connectedDetail: ['서버에 연결되어 방에 들어와 있습니다.', 'Connected to the server and in the room.'],
  waitingDetail: ['{seconds}초 후에 다시 연결합니다 (시도 {attempt}/{max})', 'Trying again in {seconds} s (attempt {attempt} of {max})'],
  tryingDetail: ['다시 연결하고 있습니다 (시도 {attempt}/{max})', 'Trying now (attempt {attempt} of {max})'],
  gaveUpDetail: [
    '{max}번 시도했지만 연결하지 못했습니다. 서버가 실행 중인지 확인한 뒤 ‘지금 재연결’\u2060을 누르세요.',
    'All {max} attempts failed. Is the server running? Then press “Reconnect now”.',
  ],
  refusedDetail: ['{why} {then}', '{why} {then}'],
  resumedDetail: [
    '세션이 이어졌습니다. 밀린 메시지 {replayed}개를 받고, {resent}개를 다시 보냈습니다.',
    'The session goes on where it was: {replayed} replayed, {resent} sent again.',
  ],
  nothingMissedDetail: ['세션이 이어졌습니다. 밀린 메시지도, 다시 보낼 메시지도 없었습니다.', 'The session goes on where it was. Nothing was missed.'],
  pendingDetail: ['보관한 메시지: {pending}개', 'Messages kept: {pending}'],
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
  messagesSent: ['보낸 메시지', 'Messages sent'],
  messagesAcked: ['서버가 받음', 'Acked'],
  messagesResent: ['다시 보낸 메시지', 'Sent again'],
  messagesHeard: ['받은 메시지', 'Messages received'],
  messagesReplayed: ['밀린 메시지', 'Replayed'],
  messagesLost: ['유실된 메시지', 'Messages lost'],

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
  replayedMark: ['밀린 메시지를 받음', 'replayed'],
  resentMark: ['복귀 후 보냄', 'sent after the return'],
  resetMark: ['세션이 새로 시작됨', 'session reset'],
  messageLostMark: ['메시지 유실', 'message lost'],
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
  showPings: ['ping, ack 표시', 'Pings and acks'],
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
  settingsHint: ['‘연결’이나 ‘지금 재연결’을 누르면 적용됩니다.', 'Applied by “Connect” and “Reconnect now”.'],
  defaults: ['기본값으로', 'Back to defaults'],
  newSession: ['새 ID', 'New id'],
  url: ['서버 URL', 'Server URL'],
  sessionId: ['세션 ID', 'Session id'],
  roomId: ['방 ID', 'Room id'],
  token: ['토큰', 'Token'],
  maxAttempts: ['최대 시도 횟수', 'Attempts'],
  initialDelay: ['첫 대기 시간 (ms)', 'First delay (ms)'],
  heartbeat: ['하트비트 간격 (ms)', 'Heartbeat interval (ms)'],
  heartbeatTimeout: ['하트비트 제한 시간 (ms)', 'Heartbeat timeout (ms)'],
  connectTimeoutMillis: ['연결 제한 시간 (ms)', 'Connect timeout (ms)'],
  urlHint: ['ws:// 또는 wss://', 'ws:// or wss://'],
  idHint: ['1~128자', '1 to 128 characters'],
  tokenHint: ['서버가 요구할 때만. 저장하지 않습니다', 'only where the server asks; not stored'],
  rangeHint: ['{min}~{max}', '{min} to {max}'],
  delaysHint: ['대기 시간: {delays}초', 'Delays: {delays} s'],
  urlComplaint: ['ws://나 wss://로 시작하는 주소를 입력하세요.', 'Enter an address that starts with ws:// or wss://.'],
  idComplaint: ['1~128자로 입력하세요. 제어 문자는 쓸 수 없습니다.', 'Enter 1 to 128 characters, no control characters.'],
  rangeComplaint: ['{min}~{max} 사이의 정수', 'whole number, {min} to {max}'],

  // The foot of the page.
  addresses: ['주소', 'Addresses'],
  terminal: ['터미널에서', 'In a terminal'],
  terminalKeys: [
    'm 메시지 전송, f 네트워크 실패 시뮬레이션, r 수동 재연결, s 서버 상태, q 종료. m, f, r, s는 이 페이지에서도 씁니다.',
    'm sends a message, f simulates a network failure, r reconnects, s shows the server status, q quits. On this page, m, f, r and s do the same.',
  ],
};
