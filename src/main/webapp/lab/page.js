/** The page: puts the parts together and does what the buttons say. */
import { Client, isOpenIn } from './client.js';
import { byId, write } from './dom.js';
import { History } from './history.js';
import { Log } from './log.js';
import { Memory } from './memory.js';
import { Peers } from './peers.js';
import { StatusSource } from './server-status.js';
import { defaultSettings, merge, newSession, statusUrl } from './settings.js';
import { SettingsForm } from './settings-form.js';
import { PeersView, StatusView } from './side-view.js';
import { StateView } from './state-view.js';
import { chooseLanguage, lookUp, say, TEXTS } from './texts.js';
import { TimelineView } from './timeline-view.js';

/** @typedef {import('./texts.js').Language} Language */
/** @typedef {import('./texts.js').TextKey} TextKey */
/** @typedef {import('./texts.js').Text} Text */

/** Between two drawings of the time line and the countdown. */
const DRAW_MILLIS = matchMedia('(prefers-reduced-motion: reduce)').matches ? 1000 : 250;

const now = () => Date.now();

// A tab has its own session, which a reload comes back to; the language is the same in all tabs.
const tab = new Memory(() => sessionStorage, 'tokenly-lab');
const everywhere = new Memory(() => localStorage, 'tokenly-lab');

/** @type {Language} */
let language = chooseLanguage([String(everywhere.values['language'] ?? ''), ...navigator.languages]);
/** @type {import('./log.js').Speak} */
const speak = (text, values) => say(language, text, values);

let settings = merge(defaultSettings(location.href, now()), tab.values);
tab.keep(settings);

const peers = new Peers();
const history = new History();
const log = new Log(byId('log'), speak);
const stateView = new StateView(speak);
const statusView = new StatusView(speak);
const peersView = new PeersView(speak);
const timelineView = new TimelineView(history, speak);
const statusSource = new StatusSource((url, init) => fetch(url, init));
const form = new SettingsForm(settings, speak, (changed) => use(changed));
/** @type {import('./server-status.js').ServerStatus | undefined} */
let status;

const client = new Client(
  { WebSocket, now, setTimeout: (act, millis) => setTimeout(act, millis), clearTimeout: (timer) => clearTimeout(timer) },
  settings,
  {
    said: (key, values) => log.add(now(), TEXTS[key], values),
    moved: (step, view, from) => {
      history.moved(step, view, from, now());
      if (step === 'opened') stateView.count('opens');
      if (step === 'lost' && isOpenIn(from)) stateView.count('losses');
      if (step === 'due') stateView.count('attempts');
      if (view.state !== 'connected' && view.state !== 'joining') peers.clear();
      showState();
    },
    sent: (text, frame) => {
      stateView.count('sentFrames');
      if (isLogged(frame)) log.add(now(), TEXTS.sent, { text });
    },
    received: (data, frame) => {
      stateView.count('receivedFrames');
      if (isLogged(frame)) log.add(now(), TEXTS.received, { text: typeof data === 'string' ? data : speak(TEXTS.binary, { bytes: sizeOf(data) }) });
      if (frame && peers.took(frame)) peersView.show(peers, true);
    },
    answered: (millis) => stateView.answered(millis),
  },
);

/** @param {import('./connection.js').Frame | undefined} frame */
function isLogged(frame) {
  const isHeartbeat = frame?.['type'] === 'ping' || frame?.['type'] === 'pong';
  return !isHeartbeat || /** @type {HTMLInputElement} */ (byId('show-pings')).checked;
}

/** @param {unknown} data */
const sizeOf = (data) => (data instanceof Blob ? data.size : /** @type {ArrayBuffer} */ (data).byteLength);

/** @param {typeof settings} changed */
function use(changed) {
  settings = changed;
  tab.keep(settings);
  client.configure(settings);
  showNames();
}

function showState() {
  stateView.show(client, now());
  timelineView.show(now(), true);
  peersView.show(peers, client.view.state === 'connected');
}

function showNames() {
  write(byId('session-name'), settings.session);
  write(byId('room-name'), settings.room);
  write(byId('socket-address'), settings.url);
  write(byId('status-address'), statusUrl(settings.url));
  byId('status-address').setAttribute('href', statusUrl(settings.url));
}

const isElsewhere = () => new URL(statusUrl(settings.url)).origin !== location.origin;

async function askStatus() {
  try {
    const json = JSON.stringify(await statusSource.ask(settings.url));
    log.add(now(), TEXTS.status, { json });
  } catch (thrown) {
    const { name, message } = /** @type {Error} */ (thrown);
    const hints = { TimeoutError: TEXTS.hintTimeout, TypeError: isElsewhere() ? TEXTS.hintElsewhere : TEXTS.hintRunning };
    log.add(now(), TEXTS.noStatus, { cause: message, hint: lookUp(hints, name) ?? TEXTS.hintOther });
  }
}

async function copyLog() {
  try {
    await navigator.clipboard.writeText(log.text);
    note(TEXTS.copied);
  } catch {
    // Only pages from https or localhost may write to the clipboard like that.
    getSelection()?.selectAllChildren(byId('log'));
    note(document.execCommand('copy') ? TEXTS.copied : TEXTS.notCopied);
  }
}

/** @param {Text} text */
const note = (text) => write(byId('log-note'), speak(text));

/** @param {Language} chosen */
function speakIn(chosen) {
  language = chosen;
  document.documentElement.lang = language;
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-text]'))) {
    write(element, speak(TEXTS[/** @type {TextKey} */ (element.dataset['text'])]));
  }
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-label]'))) {
    element.setAttribute('aria-label', speak(TEXTS[/** @type {TextKey} */ (element.dataset['label'])]));
  }
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-language]'))) {
    button.setAttribute('aria-pressed', String(button.dataset['language'] === language));
  }
  write(byId('log-note'), '');
  log.retell();
  form.showHints();
  timelineView.showLegend();
  statusView.show(status, isElsewhere());
  showState();
}

/** @param {string} id @param {() => void} act */
const onClick = (id, act) => byId(id).addEventListener('click', act);

onClick('connect', () => { tab.keep({ isWanted: true }); client.connect(); });
onClick('disconnect', () => { tab.keep({ isWanted: false }); client.disconnect(); });
onClick('reconnect', () => { tab.keep({ isWanted: true }); client.reconnect(); });
onClick('fail', () => client.fail());
onClick('send', () => client.send(speak(TEXTS.testText)));
onClick('server-status', () => void askStatus());
onClick('copy', () => void copyLog());
onClick('clear', () => { log.clear(); note(TEXTS.cleared); });
onClick('defaults', () => setForm({ ...defaultSettings(location.href, now()), session: settings.session }));
onClick('new-session', () => setForm({ session: newSession(now()) }));
for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-language]'))) {
  button.addEventListener('click', () => {
    everywhere.keep({ language: button.dataset['language'] });
    speakIn(/** @type {Language} */ (button.dataset['language']));
  });
}

/** @param {Partial<typeof settings>} values */
function setForm(values) {
  form.set(values);
  use({ ...settings, ...values });
}

addEventListener('online', () => client.probe());
addEventListener('pageshow', () => client.probe());
document.addEventListener('visibilitychange', () => document.hidden || client.probe());

showNames();
history.connection.enter('idle', now());
speakIn(language);
document.documentElement.dataset['ready'] = '';
if (tab.values['isWanted'] === true) client.connect();

void statusSource.watch(() => settings.url, (answer) => {
  status = answer;
  history.asked(status, now());
  statusView.show(status, isElsewhere());
});
setInterval(() => {
  stateView.show(client, now());
  timelineView.show(now());
}, DRAW_MILLIS);
