/** What the page says when something is in the way, and what to do about it, in both languages. */

/** @satisfies {Record<string, import('../common/language.js').Text>} */
export const TROUBLE_TEXTS = {
  // Camera and microphone.
  permissionRefused: [
    '카메라와 마이크 사용이 차단되어 있습니다. 주소창의 자물쇠 아이콘에서 허용한 뒤 다시 켜세요. 없이도 참가할 수 있습니다.',
    'Your browser blocks the camera and microphone. Allow them at the lock in the address bar, then turn them on again. You can also join without.',
  ],
  noDevice: [
    '카메라나 마이크를 찾지 못했습니다. 연결한 뒤 다시 켜거나, 그대로 참가해 보고 들을 수 있습니다.',
    'No camera or microphone was found. Plug one in and turn it on again, or join to see and hear the others.',
  ],
  noCamera: ['카메라를 찾지 못했습니다. 마이크만으로 참가할 수 있습니다.', 'No camera was found. You can join with the microphone alone.'],
  noMicrophone: ['마이크를 찾지 못했습니다. 카메라만으로 참가할 수 있습니다.', 'No microphone was found. You can join with the camera alone.'],
  deviceInUse: [
    '다른 프로그램이 카메라나 마이크를 쓰고 있습니다. 그 프로그램을 닫고 다시 켜세요.',
    'Another program is using the camera or microphone. Close it, then turn it on again.',
  ],
  insecurePage: [
    '안전하지 않은 주소라서 카메라와 마이크를 쓸 수 없습니다. https:// 주소나 localhost로 여세요. 보고 들으며 참가할 수는 있습니다.',
    'This address is not secure, so there is no camera or microphone. Open the page by https:// or on localhost. You can still join to see and hear.',
  ],
  deviceFailed: ['카메라나 마이크를 켜지 못했습니다 ({cause}).', 'The camera or microphone could not be turned on ({cause}).'],
  deviceGone: ['쓰던 카메라나 마이크가 분리되었습니다. 다른 장치를 고르세요.', 'The camera or microphone was unplugged. Choose another one.'],
  screenFailed: ['화면을 공유하지 못했습니다 ({cause}).', 'The screen could not be shared ({cause}).'],

  silent: ['브라우저가 소리를 막았습니다.', 'Your browser holds the sound back.'],

  // The way into the room.
  roomFull: ['방이 가득 찼습니다. 잠시 뒤에 다시 시도하거나 다른 방을 쓰세요.', 'The room is full. Try again later, or use another room.'],
  serverFull: ['서버가 가득 찼습니다. 잠시 뒤에 다시 시도하세요.', 'The server is full. Try again later.'],
  quotaExceeded: ['이 주소에서 쓸 수 있는 몫을 모두 썼습니다. 다른 통화를 끝내고 다시 시도하세요.', 'Your share of the server is used up. End another call, then try again.'],
  tokenNeeded: ['이 서버는 토큰을 요구합니다. 토큰을 입력하고 다시 참가하세요.', 'This server asks for a token. Enter it, then join again.'],
  tokenRefused: ['이 토큰으로는 들어갈 수 없습니다. 토큰과 방 이름을 확인하세요.', 'This token does not let you in here. Check the token and the room.'],
  unreachable: ['서버에 연결할 수 없습니다. 인터넷 연결을 확인하세요. 계속 시도합니다.', 'The server cannot be reached. Check your network. Still trying.'],
  gaveUp: ['서버에 연결할 수 없습니다. 인터넷 연결을 확인하세요.', 'The server cannot be reached. Check your network.'],
  sessionInUse: ['이 자리를 아직 다른 탭이 쓰고 있습니다. 잠시 뒤에 다시 시도하세요.', 'Another tab still has your place. Try again in a moment.'],
  noWebRtc: ['이 브라우저는 WebRTC를 지원하지 않습니다. 최신 Chrome, Edge, Firefox, Safari에서 여세요.', 'This browser has no WebRTC. Use a current Chrome, Edge, Firefox or Safari.'],
  badRoom: ['쓸 수 없는 방 이름입니다. 1~128자로 입력하세요.', 'The server does not take this room name. Use 1 to 128 characters.'],
  joinFailed: ['참가하지 못했습니다: {cause}', 'You could not join: {cause}'],
};
