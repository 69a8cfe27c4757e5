/** @typedef {import('../common/language.js').Text} Text */

/** @type {Text} */
const TOKEN_NEEDED = ['서버가 토큰을 요구합니다. 설정에 토큰을 입력하세요.', 'The server asks for a token. Enter one in the settings.'];

/** Why there is no coming back, by the code of the library, in the words of test_client.js. @type {Record<string, Text>} */
export const REFUSALS = {
  'ended-by-server': ['서버가 연결을 정상적으로 종료했습니다.', 'The server ended the connection normally.'],
  unused: ['세션이 만들어지지 않아 서버가 연결을 닫았습니다.', 'The server closed the connection because it held no session.'],
  'protocol-error': ['서버가 프로토콜 오류로 연결을 끊었습니다. 버그이므로 제보해 주세요.', 'The server saw a protocol error. Please report this bug.'],
  'not-allowed': ['서버가 이 연결을 허용하지 않습니다. 토큰을 확인하세요.', 'The server does not allow this connection. Check the token.'],
  unauthorized: TOKEN_NEEDED,
  'taken-over': ['다른 인스턴스가 이 세션을 넘겨받았습니다.', 'Another instance has taken over this session.'],
  replaced: ['이 클라이언트의 새 연결이 이 연결을 대신했습니다.', 'A newer connection of this client has replaced this one.'],
  'not-resumable': ['서버가 tokenly.v1 프로토콜을 지원하지 않습니다.', 'The server does not speak tokenly.v1.'],
};

/** What a new epoch of the session means, by the reason of its `reset`. @type {Record<string, Text>} */
export const RESETS = {
  'new-instance': [
    '세션으로 돌아왔습니다. 다만 새 인스턴스이므로, 이전 인스턴스가 확인하지 않은 메시지는 유실됩니다.',
    'Back in the session, as a new instance: what the one before had not acknowledged is lost.',
  ],
  gone: [
    '서버에 이 세션이 없어서 새로 만들었습니다. 서버가 확인하지 않은 메시지는 유실됩니다.',
    'The server had lost the session and has made it anew. What it had not acknowledged is lost.',
  ],
  'store-went-back': [
    '서버의 저장소가 이전 시점으로 돌아가서 세션이 새로 시작되었습니다. 유실된 메시지가 아직 필요하다면 다시 보내세요.',
    'The server’s store went back to an earlier moment, so the session begins anew. Send again what is lost and still matters.',
  ],
  overflow: [
    '자리를 비운 동안 사서함이 가득 차서 비워졌습니다. 그 안의 메시지는 유실됩니다.',
    'While this page was away its mailbox overflowed. What was in it is lost.',
  ],
};

/** @type {Text} */
export const OTHER_RESET = [
  '어디까지 주고받았는지에 대한 서버와 페이지의 기록이 달라서 세션이 새로 시작되었습니다.',
  'The server and this page did not agree on what had been sent, so the session begins anew.',
];

/** @type {Text} */
const NOT_UNDERSTOOD = ['클라이언트와 서버의 버전이 서로 맞는지 확인하세요.', 'Check that client and server have the same version.'];

/** @type {Text} */
const BY_ITSELF = ['잠시 후 자동으로 다시 시도합니다.', 'It is tried again by itself, a little later.'];

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
  'rate-limited': [
    '서버가 허용하는 속도를 넘었습니다. 서버가 정한 시간 뒤에 자동으로 다시 시도합니다.',
    'The server allows no more at once. It is tried again by itself, when the server allows it.',
  ],
  'quota-exceeded': [
    '서버에서 쓸 수 있는 몫(세션 또는 상대가 아직 읽지 않은 메시지)을 모두 썼습니다. 메시지는 자동으로 다시 보냅니다. 세션을 만들지 못했다면 나중에 다시 연결하세요.',
    'This page uses its whole share of the server: sessions, or messages that are not read yet. Messages are sent again by themselves; if there is no session, reconnect later.',
  ],
  'not-allowed': [
    '이 토큰으로는 이 세션이나 방을 쓸 수 없습니다. 설정에서 셋을 확인한 뒤 다시 연결하세요.',
    'The token does not grant this session or room. Check all three in the settings, then reconnect.',
  ],
  unauthorized: TOKEN_NEEDED,
  'unknown-session': BY_ITSELF,
  'seq-gap': BY_ITSELF,
  'store-failed': BY_ITSELF,
  busy: BY_ITSELF,
  'bad-json': NOT_UNDERSTOOD,
  'bad-frame': NOT_UNDERSTOOD,
  'bad-ack': NOT_UNDERSTOOD,
  'unknown-type': NOT_UNDERSTOOD,
};

/** @type {Text} */
export const OTHER_ADVICE = ['서버 메시지와 서버 로그를 확인하세요.', 'See the message and the log of the server.'];

/** @template T @param {Record<string, T>} table @param {unknown} key @returns {T | undefined} its own entries only */
export const lookUp = (table, key) => (Object.hasOwn(table, String(key)) ? table[String(key)] : undefined);
