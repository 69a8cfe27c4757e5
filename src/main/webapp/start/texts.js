/** What the front page says, in both languages. */

/** @typedef {import('../common/language.js').Text} Text */
/** @typedef {keyof typeof TEXTS} TextKey */

/** @satisfies {Record<string, Text>} */
export const TEXTS = {
  language: ['언어', 'Language'],
  away: ['받는 사람의 연결이 8초 동안 끊겼습니다.', 'The callee was away for eight seconds;'],
  came: ['그래도 전화는 왔습니다.', 'the call came anyway.'],
  lead: [
    '네트워크가 끊겨도 세션이 살아남는 WebRTC 시그널링 서버입니다. 모든 신호는 한 번씩, 순서대로 도착합니다. 도착하지 못하면 보낸 쪽에 알립니다.',
    'A WebRTC signaling server whose sessions survive the network. Every signal arrives once and in order, or its sender is told.',
  ],
  story: [
    '두 사람의 연결. 한쪽이 끊긴 사이에 다른 쪽이 보낸 신호가, 다시 연결되자 도착합니다.',
    'Two connections. One is lost; the signal that the other sends meanwhile arrives when it is back.',
  ],

  // The doors.
  call: ['통화하기', 'Make a call'],
  callHint: ['같은 방 이름을 입력한 사람끼리 연결됩니다.', 'Everyone who enters the same room name is connected.'],
  roomName: ['방 이름', 'Room name'],
  roomComplaint: ['1~128자로 입력하세요. 제어 문자는 쓸 수 없습니다.', 'Enter 1 to 128 characters, no control characters.'],
  makeCall: ['통화 시작', 'Start the call'],
  lab: ['재연결 실험실', 'Reconnect lab'],
  labHint: ['연결을 끊고, 다시 이어지는 과정을 타임라인으로 지켜보세요.', 'Break a connection, and watch it come back on a time line.'],
  status: ['서버 상태', 'Status'],
  sessions: ['활성 세션', 'Active sessions'],
  statusLink: ['/status 열기', 'Open /status'],
  code: ['코드로 시작하기', 'First lines of code'],
  codeHint: [
    '이 서버가 제공하는 페이지의 모듈에 넣고 탭 두 개로 열면, 데이터 채널이 열립니다.',
    'In a module of a page of this server, opened in two tabs, this opens a data channel.',
  ],
  copy: ['복사', 'Copy'],
  copied: ['코드를 복사했습니다.', 'The code is copied.'],
  notCopied: ['복사하지 못했습니다. 코드를 선택해 직접 복사하세요.', 'Could not copy. Select the code and copy it by hand.'],

  // What the server's state means.
  asking: ['확인하고 있습니다.', 'Asking the server.'],
  connected: ['연결된 클라이언트가 있습니다.', 'At least one client is connected.'],
  reconnecting: ['끊긴 클라이언트를 기다리고 있습니다.', 'Waiting for a client that lost its connection.'],
  failed: ['마지막으로 끊긴 클라이언트가 돌아오지 않았습니다.', 'The last client that was lost did not come back.'],
  disconnected: ['지금은 연결된 클라이언트가 없습니다.', 'No client is connected right now.'],
  noAnswer: ['응답 없음', 'no answer'],
  noAnswerMeaning: ['서버가 응답하지 않습니다. 계속 확인하고 있습니다.', 'The server does not answer. Still asking.'],
  closed: ['비공개', 'not public'],
  closedMeaning: ['이 서버는 관리자에게만 상태를 보여 줍니다.', 'This server shows its status to administrators only.'],

  // What is missing.
  missing: ['알아 두세요', 'Good to know'],
  noTurn: [
    'TURN 서버가 설정되어 있지 않습니다. 같은 네트워크 안에서, 그리고 대부분의 가정 사이에서는 통화가 되지만, 엄격한 방화벽 뒤나 많은 이동통신망에서는 되지 않습니다. tokenly.ice.urls와 tokenly.ice.secret을 설정하세요(docs/operations.md).',
    'No TURN server is set: calls work on one network and between most homes, but not from behind strict firewalls and many mobile networks. Set tokenly.ice.urls and tokenly.ice.secret (docs/operations.md).',
  ],
  asksForTokens: [
    '이 서버는 토큰을 요구합니다. 토큰이 없는 클라이언트는 연결할 수 없습니다(docs/tokens.md).',
    'This server asks for tokens: no client connects without one (docs/tokens.md).',
  ],
};
