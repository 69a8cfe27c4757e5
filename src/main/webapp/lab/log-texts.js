/** What the log says, in Korean and in English: that of the page and that of test_client.js. */

/** @typedef {import('../common/language.js').Text} Text */

/** The first seven are the reconnect guide's, to the letter. @satisfies {Record<string, Text>} */
export const LOG_TEXTS = {
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
  overRate: [
    '⚠️ 허용된 속도를 넘어 서버가 연결을 끊음 - 서버가 정한 시간 뒤에 다시 연결합니다. 더 천천히 보내세요',
    '⚠️ The server closed the connection, because too much came at once - it reconnects when the server allows it. Send more slowly',
  ],
  silent: ['💔 ping을 보낸 뒤 {ms}ms 동안 pong이 없음 - 연결 강제 종료', '💔 No pong within {ms}ms of a ping - dropping the connection'],
  notConnected: ['⚠️ {ms}ms 안에 연결되지 않음 - 이번 시도를 중단합니다', '⚠️ Not connected within {ms}ms - dropping this attempt'],
  connectionError: ['⚠️ 연결 오류: {cause} - {hint}', '⚠️ Connection error: {cause} - {hint}'],
  cannotFail: ['⚠️ 연결되어 있지 않음 - 끊을 연결이 없습니다', '⚠️ Not connected - there is no connection to drop'],
  cannotSend: ['⚠️ 연결되어 있지 않음 - 메시지를 보내지 않았습니다', '⚠️ Not connected - the message was not sent'],
  queued: ['📦 연결되어 있지 않음 - 메시지를 보관하고 다시 연결되면 보냅니다', '📦 Not connected - the message is kept, and sent after the reconnect'],
  acknowledged: ['✅ 서버가 메시지를 받아 보관함 (seq {seq})', '✅ Message acknowledged by the server (seq {seq})'],
  resumed: ['✅ 세션 재개 - 밀린 메시지 {replayed}개 수신, {resent}개 다시 전송', '✅ Session resumed - {replayed} replayed, {resent} sent again'],
  reset: ['⚠️ 세션이 새로 시작됨 (이유: {reason}) - 확인되지 않은 메시지는 유실됩니다', '⚠️ Session reset (reason: {reason}) - what was not acknowledged is lost'],
  lostAcknowledged: [
    '⛔ 서버가 받았다고 확인한 메시지가 유실됨 (seq {first}~{last}) - 아직 필요하다면 다시 보내세요',
    '⛔ Acknowledged messages are lost (seq {first} to {last}) - send them again if they still matter',
  ],
  lost: ['⛔ 메시지 유실 ({code}) - 서버가 이 메시지를 보장하지 않습니다', '⛔ Message lost ({code}) - the server does not answer for it'],
  takenOver: ['⚠️ 다른 인스턴스가 이 세션을 넘겨받음', '⚠️ Another instance has taken over this session'],
  testText: ['테스트 메시지', 'test message'],
  binary: ['(바이너리 {bytes}바이트)', '(binary, {bytes} bytes)'],
  status: ['📊 서버 상태: {json}', '📊 Server status: {json}'],
  noStatus: ['⚠️ 서버 상태를 확인할 수 없음: {cause} - {hint}', '⚠️ Cannot get the server status: {cause} - {hint}'],
  notCreated: ['⛔ 피어 생성 실패 [{code}: {message}] {advice}', '⛔ Peer not created [{code}: {message}] {advice}'],
  serverError: ['⚠️ 서버 오류 [{code}: {message}] {advice}', '⚠️ Server error [{code}: {message}] {advice}'],
  hintRunning: ['서버가 실행 중인지 확인하세요', 'is the server running?'],
  hintTimeout: ['서버와 네트워크가 정상인지 확인하세요', 'check the server and the network'],
  hintOther: ['서버 주소와 서버 로그를 확인하세요', 'check the address and the log of the server'],
};
