/** What the page says, in both languages; what it says when something is in the way stands in trouble-texts.js. */

import { TROUBLE_TEXTS } from './trouble-texts.js';

/** @typedef {import('../common/language.js').Text} Text */
/** @typedef {keyof typeof TEXTS} TextKey */
/** @typedef {(key: TextKey, values?: import('../common/language.js').Values) => string} Speak */

/** @satisfies {Record<string, Text>} */
export const TEXTS = {
  ...TROUBLE_TEXTS,

  // The page and its lobby.
  title: ['Tokenly 통화', 'Tokenly call'],
  language: ['언어', 'Language'],
  lobby: ['통화 시작하기', 'Join a call'],
  lobbyIntro: ['같은 방 이름을 입력한 사람끼리 통화합니다.', 'Everyone who enters the same room is in the same call.'],
  preview: ['내 화면 미리보기', 'Your preview'],
  previewOff: ['카메라가 꺼져 있습니다', 'Your camera is off'],
  room: ['방', 'Room'],
  roomHint: ['함께 통화할 사람에게 알려 줄 이름입니다.', 'The name that you give to the others.'],
  name: ['이름', 'Your name'],
  nameHint: ['다른 사람에게 이렇게 보입니다.', 'How the others see you.'],
  token: ['토큰', 'Token'],
  tokenHint: ['서버 관리자에게 받은 토큰입니다. 저장하지 않습니다.', 'From the people who run the server. It is not stored.'],
  join: ['참가', 'Join'],
  joining: ['참가하는 중…', 'Joining…'],
  cancel: ['취소', 'Cancel'],
  guest: ['손님', 'Guest'],
  roomComplaint: ['방 이름을 1~128자로 입력하세요.', 'Enter a room, 1 to 128 characters.'],

  // Devices.
  devices: ['장치 설정', 'Devices'],
  microphone: ['마이크', 'Microphone'],
  camera: ['카메라', 'Camera'],
  microphoneOff: ['마이크 끄기 (m)', 'Mute microphone (m)'],
  microphoneOn: ['마이크 켜기 (m)', 'Unmute microphone (m)'],
  cameraOff: ['카메라 끄기 (v)', 'Turn camera off (v)'],
  cameraOn: ['카메라 켜기 (v)', 'Turn camera on (v)'],
  unnamedDevice: ['장치 {number}', 'Device {number}'],

  // The bar at the bottom.
  controls: ['통화 조작', 'Call controls'],
  screenOn: ['화면 공유 (s)', 'Share screen (s)'],
  screenOff: ['화면 공유 중지 (s)', 'Stop sharing (s)'],
  move: ['다른 기기로 옮기기', 'Move to another device'],
  badNetwork: ['네트워크 장애 실험', 'Bad network'],
  hangUp: ['통화 나가기', 'Leave the call'],
  close: ['닫기', 'Close'],

  // People and their tiles.
  call: ['통화', 'Call'],
  people: ['참가자', 'People'],
  peopleCount: ['참가자: {count}', 'People: {count}'],
  you: ['나', 'You'],
  here: ['참가 중', 'here'],
  away: ['연결 끊김, 돌아오는 중', 'away, coming back'],
  muted: ['음소거됨', 'Muted'],
  connecting: ['연결하는 중…', 'Connecting…'],
  recovering: ['새 경로를 찾는 중…', 'Finding a new path…'],
  failed: ['연결할 경로가 없습니다. 계속 시도합니다.', 'No path yet. Still trying.'],
  awayTile: ['서버와 끊김, 돌아오는 중', 'Away, coming back'],
  qualityGood: ['연결 상태 좋음', 'Good connection'],
  qualityPoor: ['연결 상태 나쁨', 'Poor connection'],
  qualityLost: ['신호 없음', 'Nothing arrives'],
  screenOf: ['{name} 님의 화면', '{name}’s screen'],
  sharing: ['내 화면을 공유하고 있습니다.', 'You are sharing your screen.'],
  alone: ['아직 혼자입니다', 'You are the only one here'],
  aloneHint: ['링크를 보내 다른 사람을 초대하세요.', 'Send this link to the people you want to talk to.'],
  copyLink: ['초대 링크 복사', 'Copy invite link'],
  copied: ['링크를 복사했습니다.', 'The link is copied.'],
  inviteNotCopied: ['복사하지 못했습니다. 주소창의 주소를 복사해 보내세요.', 'Could not copy. Copy the address of this page and send that.'],
  notCopied: ['복사하지 못했습니다. 직접 선택해 복사하세요.', 'Could not copy. Select the link and copy it by hand.'],
  joined: ['{name} 님이 들어왔습니다.', '{name} joined.'],
  left: ['{name} 님이 나갔습니다.', '{name} left.'],
  hear: ['소리 듣기', 'Turn sound on'],

  // Signaling.
  signalingLost: ['시그널링을 다시 연결하고 있습니다. 통화는 계속됩니다.', 'Signaling is being reconnected; the call goes on.'],
  signalingBack: ['{seconds}초 만에 다시 연결했습니다. 잃어버린 메시지는 없습니다.', 'Back after {seconds} s. Nothing was lost.'],
  signalingReset: ['시그널링을 다시 연결했습니다.', 'Signaling is connected again.'],
  signalingStopped: ['시그널링 연결을 멈췄습니다: {reason}', 'Signaling has stopped: {reason}'],
  tryAgain: ['다시 시도', 'Try again'],

  // The end.
  endedLeft: ['통화에서 나왔습니다', 'You left the call'],
  endedLeftHint: ['‘{room}’ 방에 언제든 다시 들어갈 수 있습니다.', 'You can come back to “{room}” at any time.'],
  rejoin: ['다시 참가', 'Rejoin'],
  endedTaken: ['이 통화는 다른 탭에서 이어지고 있습니다', 'This call goes on in another tab'],
  endedTakenHint: ['여기서 계속하려면 아래 버튼을 누르세요. 다른 탭의 통화는 끝납니다.', 'To go on here, press the button. The call in the other tab then ends.'],
  useHere: ['여기서 계속하기', 'Use here'],
  endedMoved: ['통화를 다른 기기로 옮겼습니다', 'The call moved to your other device'],
  endedMovedHint: ['그 기기에서 통화가 이어집니다.', 'It goes on there.'],
  takeBack: ['여기로 다시 가져오기', 'Take it back'],
  endedOther: ['통화가 끝났습니다', 'The call has ended'],
  endedOtherHint: ['서버가 통화를 끝냈습니다 ({reason}).', 'The server ended it ({reason}).'],
  otherRoom: ['처음 화면으로', 'Back to the lobby'],

  // The room that follows you.
  moveIntro: ['다른 기기로 이 코드를 찍거나 링크를 여세요. 통화가 1초 안에 그 기기로 옮겨 갑니다.', 'Scan this code with the other device, or open the link there. The call moves within a second.'],
  moveCode: ['통화를 옮기는 QR 코드', 'QR code that moves the call'],
  moveLink: ['통화를 옮기는 링크', 'Link that moves the call'],
  moveCopy: ['링크 복사', 'Copy link'],
  moveOnce: ['한 번만 쓸 수 있고, {minutes}분 뒤에 만료됩니다.', 'It works once, and for {minutes} more minutes.'],
  moveExpired: ['코드가 만료되었습니다. 창을 닫았다가 다시 여세요.', 'The code has expired. Close this and open it again.'],
  moveLoopback: ['이 주소는 이 컴퓨터에서만 열립니다. 다른 기기로 옮기려면 서버를 HTTPS 주소로 여세요.', 'This address works on this machine only. To move to another one, serve Tokenly at an HTTPS address.'],
  moveArriving: ['다른 기기의 통화를 여기로 가져오는 중…', 'Bringing the call over from your other device…'],
  moveArrived: ['통화를 이 기기로 옮겼습니다.', 'The call is on this device now.'],
  moveRefused: ['이미 쓴 링크이거나 만료된 링크입니다. 이 기기는 새 참가자로 들어왔습니다.', 'This link was used or has expired. You are in the call as one more person.'],
  moveAbsent: ['다른 기기가 통화에 없습니다. 이 기기는 새 참가자로 들어왔습니다.', 'Your other device is not in the call. You are in it as one more person.'],

  // The bad network.
  badIntro: ['네트워크를 일부러 끊어 봅니다. 그동안 번호가 붙은 메시지를 보내 하나라도 빠지는지 셉니다.', 'Break the network on purpose. Meanwhile numbered messages are sent, and each one that is missing is counted.'],
  faultWifi: ['Wi-Fi 끊김', 'Wi-Fi loss'],
  faultWifiHint: ['연결이 갑자기 끊깁니다.', 'The connection drops.'],
  faultTunnel: ['터널, 8초', 'Tunnel, 8 s'],
  faultTunnelHint: ['끊긴 뒤 8초 동안 다시 연결할 수 없습니다.', 'It drops, and nothing gets through for 8 s.'],
  faultServer: ['서버 강제 종료', 'Server killed'],
  faultServerHint: ['모든 연결이 끊기고 5초 동안 서버가 없습니다.', 'All connections are reset; there is no server for 5 s.'],
  faultPreparing: ['측정을 준비하는 중…', 'Preparing to measure…'],
  faultPlaying: ['장애가 진행 중입니다…', 'The fault is on…'],
  faultReturning: ['돌아오는 중…', 'Coming back…'],
  faultStopped: ['실험을 중단했습니다.', 'Stopped.'],
  faultUnreachable: ['장애 프록시가 응답하지 않습니다: {address}', 'The fault proxy does not answer: {address}'],
  faultUnmeasured: ['이 서버에서는 측정할 수 없어 끊김만 실행했습니다 ({reason}).', 'The fault was played, but could not be measured here ({reason}).'],
  stop: ['중단', 'Stop'],
  nothingLost: ['아무것도 잃지 않았습니다.', 'Nothing was lost.'],
  somethingLost: ['모두 제대로 도착하지는 않았습니다.', 'Not everything arrived as it should.'],
  scoreSent: ['보낸 메시지', 'Sent'],
  scoreLost: ['유실', 'Lost'],
  scoreTwice: ['중복', 'Twice'],
  scoreOutOfOrder: ['순서 뒤바뀜', 'Out of order'],
  scoreLate: ['늦게 도착', 'Came late'],
  scoreBack: ['복귀에 걸린 시간', 'Way back'],
  duration: ['{seconds}초', '{seconds} s'],
};
