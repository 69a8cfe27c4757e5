/** The page of a call: puts its parts together. */
import { byId, write } from '../common/dom.js';
import { BadNetwork } from './bad-network.js';
import { Conversation } from './conversation.js';
import { Ending } from './ending.js';
import { offerInvitations } from './invitation.js';
import { listenToKeys } from './keys.js';
import { Lobby } from './lobby.js';
import { Message } from './message.js';
import { MoveDialog, Takeover } from './move.js';
import { moveOf } from './move-code.js';
import { OwnMedia } from './own-media.js';
import { Panels } from './panels.js';
import { showPeople } from './people.js';
import { takePlace } from './place.js';
import { SignalingBadge } from './signaling-badge.js';
import { onClick, Speech } from './speech.js';
import { Tab } from './tab.js';
import { nameOf } from './tile.js';
import { Tiles } from './tiles.js';
import { asksForToken, joinTrouble, stopReason } from './troubles.js';
import { socketAddress } from './tunnel.js';

/** @typedef {import('../lib/call.js').CallEvents} CallEvents */
/** @typedef {import('../lib/call.js').CallPeer} CallPeer */
/** @typedef {import('./texts.js').TextKey} TextKey */

const NEWS_MILLIS = 5000;

const tab = new Tab();
/** One that is on, or is being joined. @type {Conversation | undefined} */
let conversation;
/** The call of another device that is to be taken over, once we are in its room. @type {{ room: string, from: string, code: string } | undefined} */
let move;
/** @type {Takeover | undefined} */
let takeover;
let token = '';

const speech = new Speech(() => retell());
const { speak } = speech;
const message = new Message(speak);
const badge = new SignalingBadge(speak);
const panels = new Panels();
const tiles = new Tiles(speak, (video) => void video.play().catch(({ name }) => name === 'NotAllowedError' && message.show('silent', { act: { key: 'hear', run: playAll } })));
const lobby = new Lobby(speak, {
  join: (wish) => {
    token = wish.token;
    tab.keep({ room: wish.room, name: wish.name });
    message.hide();
    void join();
  },
  cancel: () => void giveUp(),
});
const call = () => conversation?.call;
const ourName = () => tab.name || speak('guest');
const media = new OwnMedia(speak, { call, name: ourName, message, lobby });
const moveDialog = new MoveDialog(speak, () => {
  const { roomId: room, sessionId: from } = call() ?? {};
  return room === undefined || from === undefined ? undefined : { room, from };
});
const badNetwork = new BadNetwork(speak, () => conversation);
const ending = new Ending(speak, { again: () => void again(), toLobby: () => void toLobby() });

/** @param {'lobby' | 'call' | 'ended'} view */
function show(view) {
  document.body.dataset['view'] = view;
  byId('ended').hidden = view !== 'ended';
  write(byId('room-name'), view === 'call' ? tab.room : '');
}

function showCall() {
  const peers = [...(call()?.peers.values() ?? [])];
  tiles.show(peers);
  showPeople(peers, ourName(), speak);
}

function retell() {
  for (const each of [lobby, message, badge, ending, badNetwork]) each.retell();
  showCall();
  media.show();
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
  said: ({ peer, text }) => void hear(peer, Object(text)),
  signaling: ({ state }) => badge.moved(state, stopReason(conversation?.client.view.error ?? new Error(''), speak)),
  resumed: ({ away }) => badge.resumed(away),
  ended: ({ reason }) => end(reason),
};

/** @param {CallPeer} peer @param {Record<string, unknown>} said */
async function hear(peer, said) {
  takeover?.said(peer, said);
  if (!('move' in said)) return;
  const isRight = moveDialog.accept(said['move']);
  await peer.say({ ...(isRight && media.info), moved: isRight }).catch(() => undefined);
  if (isRight) end('moved');
}

async function join() {
  if (conversation) return;
  lobby.setJoining(true);
  const joining = new Conversation(socketAddress(location.href), token, () => conversation === joining && !joining.call && message.show('unreachable'));
  conversation = joining;
  const { room, session } = tab;
  try {
    await joining.join({ roomId: room, sessionId: session, stream: media.offer(), info: media.info, on: whileItIs(joining, listeners) });
  } catch (error) {
    return conversation === joining && refused(error);
  }
  if (conversation !== joining) return void joining.leave();
  tab.keep({ isInCall: true });
  history.replaceState(null, '', addressOf(room));
  lobby.setJoining(false);
  message.hide('unreachable');
  show('call');
  byId('call-heading').focus();
  showCall();
  media.catchUp();
  takeOver(joining);
}

/** Of a conversation that is over nothing is heard. @param {Conversation} one @param {typeof listeners} all @returns {typeof listeners} */
const whileItIs = (one, all) => Object.fromEntries(Object.entries(all).map(([name, listener]) => [name, (/** @type {any} */ event) => conversation === one && /** @type {any} */ (listener)(event)]));

/** @param {Conversation} conversation */
function takeOver({ call: joined }) {
  if (!joined || move?.room !== joined.roomId) return;
  takeover = new Takeover(move, { told: (key) => message.show(key, key === 'moveArriving' ? {} : { millis: NEWS_MILLIS }), moved: (state) => adopt(state) });
  move = undefined;
  for (const peer of joined.peers.values()) takeover.joined(peer);
}

/** @param {unknown} error */
async function refused(error) {
  await giveUp();
  const { key, values } = joinTrouble(error);
  if (asksForToken(error)) lobby.askForToken();
  message.show(key, { values });
}

async function giveUp() {
  const given = conversation;
  conversation = undefined;
  tab.keep({ isInCall: false });
  lobby.setJoining(false);
  message.hide();
  show('lobby');
  lobby.focus();
  await given?.leave();
}

/** @param {string} reason of a call that is over */
function end(reason) {
  const over = conversation;
  if (!over) return;
  conversation = undefined;
  takeover?.cancel();
  takeover = undefined;
  badNetwork.stop();
  moveDialog.end();
  panels.closeAll();
  badge.hide();
  message.hide();
  keepWishes();
  tab.keep({ isInCall: false });
  media.stop();
  show('ended');
  ending.show(reason, tab.room);
  showCall();
  void over.leave();
}

async function again() {
  if (conversation) return;
  void media.devices.start(tab.wishes); // what takes long is sent once it is there
  show('lobby');
  await join();
}

async function toLobby() {
  show('lobby');
  lobby.focus();
  await media.devices.start(tab.wishes);
}

function keepWishes() {
  if (document.body.dataset['view'] === 'ended') return; // all is off
  const { audio, video } = media.devices.wishes;
  tab.keep({ isMuted: !audio, isCameraOff: !video });
}

/** @param {TextKey} key @param {CallPeer} peer */
const announce = (key, peer) => write(byId('announcement'), speak(key, { name: nameOf(peer, speak) }));

function playAll() {
  for (const video of document.querySelectorAll('video')) void video.play().catch(() => undefined);
}

/** Of this page, without the code of a move: that is good once. @param {string} room */
function addressOf(room) {
  const address = new URL(location.href);
  address.hash = '';
  address.searchParams.set('room', room);
  return address.href;
}

onClick('hang-up', () => end('left'));
onClick('signaling-retry', () => conversation?.client.reconnectNow());
offerInvitations(() => tab.room, message);
listenToKeys({ m: () => media.switches.flip('audio'), v: () => media.switches.flip('video'), s: () => media.screen.flip() }, () => call() !== undefined);
addEventListener('pagehide', keepWishes);
addEventListener('hashchange', () => moveOf(location.href) && location.reload()); // the link of a move, opened in a tab of that room

async function start() {
  speech.begin();
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve)); // which a video without a picture would hold up
  const asked = new URL(location.href).searchParams.get('room');
  const link = moveOf(location.href);
  if (link && asked) move = { room: asked, ...link };
  const { session, isCopy } = await takePlace(tab.session || undefined, navigator.locks);
  const isReturn = tab.isInCall && !isCopy && !move && (asked === null || asked === tab.room);
  tab.keep({ session, room: asked ?? tab.room, isInCall: isReturn });
  lobby.fill({ room: tab.room, name: tab.name });
  void media.devices.start(tab.wishes);
  if (isReturn) return join();
  if (!move) return lobby.focus();
  await join();
}

/** Goes on as the other device was. @param {Record<string, unknown>} state */
function adopt(state) {
  if (typeof state['name'] === 'string') tab.keep({ name: state['name'] });
  if (state['isMuted'] === true) void media.devices.turn('audio', false);
  if (state['isCameraOff'] === true) void media.devices.turn('video', false);
  media.show();
}

void start();
