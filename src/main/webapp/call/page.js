/** The page of a call: puts its parts together. */
import { byId, write } from '../lab/dom.js';
import { Memory } from '../lab/memory.js';
import { BadNetwork } from './bad-network.js';
import { Conversation } from './conversation.js';
import { DeviceChoices } from './device-choices.js';
import { Devices } from './devices.js';
import { Ending } from './ending.js';
import { listenToKeys } from './keys.js';
import { Lobby } from './lobby.js';
import { Message } from './message.js';
import { copy, MoveDialog, Takeover } from './move.js';
import { moveOf } from './move-code.js';
import { Panels } from './panels.js';
import { showPeople } from './people.js';
import { takePlace } from './place.js';
import { ScreenShare } from './screen-share.js';
import { SelfView } from './self-view.js';
import { SignalingBadge } from './signaling-badge.js';
import { onClick, Speech } from './speech.js';
import { Switches } from './switches.js';
import { nameOf } from './tile.js';
import { Tiles } from './tiles.js';
import { asksForToken, joinTrouble } from './troubles.js';
import { socketAddress } from './tunnel.js';

/** @typedef {import('../lib/call.js').CallEvents} CallEvents */
/** @typedef {import('./texts.js').TextKey} TextKey */

const NEWS_MILLIS = 5000;

// What a reload needs is the tab's own; what one is called is the same in all tabs.
const tab = new Memory(() => sessionStorage, 'tokenly-call');
const everywhere = new Memory(() => localStorage, 'tokenly-call');
const text = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : '');

/** @type {Conversation | undefined} */
let conversation;
/** @type {Takeover | undefined} */
let takeover;
let session = '';
let token = '';

const speech = new Speech(() => retell());
const { speak } = speech;
const message = new Message(speak);
const badge = new SignalingBadge(speak);
const panels = new Panels();
const self = new SelfView();
const tiles = new Tiles(speak, (video) => void video.play().catch(({ name }) => name === 'NotAllowedError' && message.show('hear', { act: { key: 'hear', run: playAll } })));
const devices = new Devices({
  changed: () => showDevices(),
  troubled: ({ key, values }) => message.show(key, { values }),
  added: (track) => conversation?.call?.addTrack(track, devices.stream),
  replaced: async (track, next) => conversation?.call?.replaceTrack(track, next),
});
const switches = new Switches(devices, speak);
const choices = new DeviceChoices(devices, speak);
const screen = new ScreenShare({
  started: (stream) => {
    for (const track of stream.getTracks()) conversation?.call?.addTrack(track, stream);
    message.show('sharing');
    describe();
  },
  stopped: (stream) => {
    for (const track of stream.getTracks()) conversation?.call?.removeTrack(track);
    message.hide('sharing');
    describe();
  },
  failed: ({ message: cause }) => message.show('screenFailed', { values: { cause } }),
}, speak);
const lobby = new Lobby(speak, {
  join: (wish) => {
    token = wish.token;
    everywhere.keep({ name: wish.name });
    tab.keep({ room: wish.room, name: wish.name });
    void join();
  },
  cancel: () => void giveUp(),
});
const moveDialog = new MoveDialog(speak, () => (conversation?.call ? { room: conversation.call.roomId, from: conversation.call.sessionId } : undefined));
const badNetwork = new BadNetwork(speak, () => conversation);
const ending = new Ending(speak, { again: () => void again(), toLobby: () => void toLobby() });

const name = () => text(tab.values['name']) || speak('guest');
const peers = () => [...(conversation?.call?.peers.values() ?? [])];
const mine = () => ({ name: name(), isMuted: !devices.isOn('audio'), isCameraOff: !devices.isOn('video'), screen: screen.stream?.id ?? null });
const describe = () => conversation?.call?.describe(mine());

/** @param {'lobby' | 'call' | 'ended'} view */
function show(view) {
  document.body.dataset['view'] = view;
  byId('ended').hidden = view !== 'ended';
  write(byId('room-name'), view === 'call' ? text(tab.values['room']) : '');
}

function showCall() {
  tiles.show(peers());
  showPeople(peers(), name(), speak);
}

function showDevices() {
  const isSeen = devices.isOn('video');
  lobby.preview(devices.stream, isSeen);
  self.show({ stream: devices.stream, name: name(), isSeen, isHeard: devices.isOn('audio'), you: speak('you') });
  switches.show();
  void choices.show();
  describe();
}

function retell() {
  for (const each of [lobby, message, badge, ending, badNetwork]) each.retell();
  screen.show();
  showCall();
  showDevices();
}

/** What the call tells. @type {{ [K in keyof CallEvents]?: (event: CallEvents[K]) => void }} */
const listeners = {
  'peer-joined': ({ peer }) => {
    announce('joined', peer);
    showCall();
    takeover?.joined(peer);
  },
  'peer-left': ({ peer }) => {
    announce('left', peer);
    showCall();
  },
  'peer-changed': () => showCall(),
  track: () => showCall(),
  said: ({ peer, text: said }) => void hear(peer, Object(said)),
  signaling: ({ state }) => badge.moved(state, speak(joinTrouble(conversation?.client.view.error ?? { message: '' }).key, { cause: conversation?.client.view.error?.message })),
  resumed: ({ away }) => badge.resumed(away),
  ended: ({ reason }) => end(reason),
};

/** @param {import('../lib/call.js').CallPeer} peer @param {Record<string, unknown>} said */
async function hear(peer, said) {
  takeover?.said(peer, said);
  if (!('move' in said)) return;
  const isRight = moveDialog.accept(said['move']);
  await peer.say({ moved: isRight, name: name(), isMuted: !devices.isOn('audio'), isCameraOff: !devices.isOn('video') }).catch(() => undefined);
  if (isRight) await leave('moved');
}

async function join() {
  lobby.setJoining(true);
  message.hide();
  const joining = new Conversation(socketAddress(location.href), token, () => conversation === joining && !joining.call && message.show('unreachable'));
  conversation = joining;
  const room = text(tab.values['room']);
  try {
    await joining.join({ roomId: room, sessionId: session, stream: devices.stream, info: mine(), on: listeners });
  } catch (error) {
    return conversation === joining && refused(error);
  }
  if (conversation !== joining) return void joining.leave();
  tab.keep({ isWanted: true });
  history.replaceState(null, '', addressOf(room));
  lobby.setJoining(false);
  message.hide('unreachable');
  show('call');
  showCall();
  showDevices();
}

/** @param {unknown} error */
async function refused(error) {
  await giveUp();
  const { key, values = {} } = joinTrouble(error);
  if (asksForToken(error)) lobby.askForToken();
  message.show(key, { values });
}

async function giveUp() {
  const given = conversation;
  conversation = undefined;
  takeover = undefined;
  tab.keep({ isWanted: false });
  lobby.setJoining(false);
  message.hide();
  show('lobby');
  lobby.focus();
  await given?.client.close();
}

/** @param {string} reason */
async function leave(reason) {
  const left = conversation;
  end(reason);
  await left?.leave();
}

/** @param {string} reason of a call that is over */
function end(reason) {
  if (!conversation) return;
  const over = conversation;
  conversation = undefined;
  takeover = undefined;
  badNetwork.stop();
  moveDialog.end();
  screen.stop();
  panels.closeAll();
  badge.hide();
  message.hide();
  tab.keep({ isWanted: false, isMuted: !devices.isOn('audio'), isCameraOff: !devices.isOn('video') });
  devices.stop();
  show('ended');
  ending.show(reason, text(tab.values['room']));
  showCall();
  if (over.call?.isEnded) void over.client.close();
}

async function again() {
  await startDevices();
  await join();
}

async function toLobby() {
  show('lobby');
  lobby.focus();
  await startDevices();
}

const startDevices = () => devices.start({ audio: tab.values['isMuted'] !== true, video: tab.values['isCameraOff'] !== true });

/** @param {TextKey} key @param {import('../lib/call.js').CallPeer} peer */
const announce = (key, peer) => write(byId('announcement'), speak(key, { name: nameOf(peer, speak) }));

function playAll() {
  for (const video of document.querySelectorAll('video')) void video.play().catch(() => undefined);
}

/** Of this page, without the code of a move: that is good once. @param {string} room */
function addressOf(room) {
  const address = new URL(location.href);
  for (const spent of ['from', 'code']) address.searchParams.delete(spent);
  address.searchParams.set('room', room);
  return address.href;
}

/** For those who are invited. */
function invitation() {
  const address = new URL('call.html', location.href);
  address.searchParams.set('room', text(tab.values['room']));
  return address.href;
}

onClick('hang-up', () => void leave('left'));
onClick('signaling-retry', () => conversation?.client.reconnectNow());
for (const button of document.querySelectorAll('.copy-invite')) {
  button.addEventListener('click', async () => message.show((await copy(invitation())) ? 'copied' : 'notCopied', { millis: NEWS_MILLIS }));
}
listenToKeys({ m: () => switches.flip('audio'), v: () => switches.flip('video'), s: () => screen.flip() }, () => conversation?.call !== undefined);
addEventListener('pagehide', () => tab.keep({ isMuted: !devices.isOn('audio'), isCameraOff: !devices.isOn('video') }));

async function start() {
  const move = moveOf(location.href);
  const asked = new URL(location.href).searchParams.get('room');
  const place = await takePlace(text(tab.values['session']) || undefined, navigator.locks);
  session = place.session;
  const isReturn = tab.values['isWanted'] === true && !place.isCopy && !move && (asked === null || asked === tab.values['room']);
  tab.keep({ session, room: asked ?? text(tab.values['room']), name: text(tab.values['name']) || text(everywhere.values['name']), isWanted: isReturn });
  lobby.fill({ room: text(tab.values['room']), name: text(tab.values['name']) });
  speech.retell();
  document.documentElement.dataset['ready'] = '';
  if (!move && !isReturn) lobby.focus();
  const started = startDevices();
  if (move && asked) {
    takeover = new Takeover(move, { told: (key) => message.show(key, key === 'moveArriving' ? {} : { millis: NEWS_MILLIS }), moved: (state) => adopt(state) });
    await join();
  } else if (isReturn) await join();
  await started;
}

/** Goes on as the other device was. @param {Record<string, unknown>} state */
function adopt(state) {
  tab.keep({ name: text(state['name']) });
  if (state['isMuted'] === true) void devices.turn('audio', false);
  if (state['isCameraOff'] === true) void devices.turn('video', false);
  showDevices();
}

void start();
