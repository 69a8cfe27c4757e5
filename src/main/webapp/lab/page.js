/** The page: puts the parts together and does what the buttons say. */
import { byId, write } from '../common/dom.js';
import { Memory } from '../common/memory.js';
import { PageLanguage } from '../common/page-language.js';
import { StatusSource } from '../common/server-status.js';
import { lookUp } from './advice.js';
import { Client } from './client.js';
import { Counters } from './counters.js';
import { History } from './history.js';
import { listenToKeys } from './keys.js';
import { LogCard } from './log-card.js';
import { defaultSettings, merge, newSession, statusUrl } from './settings.js';
import { SettingsForm } from './settings-form.js';
import { PeersView, StatusView } from './side-view.js';
import { StateView } from './state-view.js';
import { TEXTS } from './texts.js';
import { TimelineView } from './timeline-view.js';
import { TokenField } from './token-field.js';

/** Between two drawings of the time line and the countdown. */
const DRAW_MILLIS = matchMedia('(prefers-reduced-motion: reduce)').matches ? 1000 : 250;

/** Between two looks at the server. */
const POLL_MILLIS = 500;

/** For points in time. What lasts is measured by `performance.now`, which never jumps. */
const now = () => Date.now();

// A tab has its own session, which a reload comes back to.
const tab = new Memory(() => sessionStorage, 'tokenly-lab');

const language = new PageLanguage(TEXTS, () => retell());
const { speak } = language;

let settings = merge(defaultSettings(location.href, now()), tab.values);
tab.keep(settings);

const history = new History();
const logCard = new LogCard(speak);
const counters = new Counters();
const stateView = new StateView(speak);
const statusView = new StatusView(speak);
const peersView = new PeersView(speak);
const timelineView = new TimelineView(history, speak);
const statusSource = new StatusSource((url, init) => fetch(url, init));
const form = new SettingsForm(settings, speak, (changed) => use(changed));
/** @type {import('../common/server-status.js').ServerStatus | undefined} */
let status;

const client = new Client({ now, elapsed: () => performance.now() }, settings, {
  said: (key, values) => logCard.say(TEXTS[key], values),
  moved: (move) => {
    history.moved(move, now());
    counters.moved(move);
    if (move.view.state === 'takenOver') tab.keep({ isWanted: false }); // a reload would take the session back
    showState();
    showNames();
  },
  counted: (what, count) => {
    if (what === 'messagesLost' || what === 'resets') history.happened(what, now());
    if (what !== 'resets') counters.count(what, count);
    showState();
  },
  changed: () => showState(),
  sent: (text, frame) => {
    counters.count('sentFrames');
    logCard.frame(TEXTS.sent, text, frame);
  },
  received: (data, frame, isReplayed) => {
    counters.count('receivedFrames');
    const text = typeof data === 'string' ? data : speak(TEXTS.binary, { bytes: sizeOf(data) });
    logCard.frame(isReplayed ? TEXTS.replayed : TEXTS.received, text, frame);
  },
  answered: (millis) => counters.answered(millis),
});

new TokenField((token) => client.carry(token));

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
  stateView.show(client, performance.now());
  timelineView.show(now(), true);
  peersView.show(client.peers);
}

/** Of the session that there is, whatever the settings say by now. */
function showNames() {
  const { session, room, url } = client.used;
  write(byId('session-name'), session);
  write(byId('room-name'), room);
  write(byId('socket-address'), url);
  write(byId('status-address'), statusUrl(url));
  byId('status-address').setAttribute('href', statusUrl(url));
}

const isElsewhere = () => new URL(statusUrl(client.used.url)).origin !== location.origin;

async function askStatus() {
  try {
    const json = JSON.stringify(await statusSource.ask(statusUrl(client.used.url)));
    logCard.say(TEXTS.status, { json });
  } catch (thrown) {
    const { name, message } = /** @type {Error} */ (thrown);
    const hints = { TimeoutError: TEXTS.hintTimeout, TypeError: isElsewhere() ? TEXTS.hintElsewhere : TEXTS.hintRunning };
    logCard.say(TEXTS.noStatus, { cause: message, hint: lookUp(hints, name) ?? TEXTS.hintOther });
  }
}

/** Says again what no element names. */
function retell() {
  logCard.retell();
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
onClick('defaults', () => setForm({ ...defaultSettings(location.href, now()), session: settings.session }));
onClick('new-session', () => setForm({ session: newSession(now()) }));

listenToKeys();

/** @param {Partial<typeof settings>} values */
function setForm(values) {
  form.set(values);
  use({ ...settings, ...values });
}

showNames();
history.connection.enter('idle', now());
language.begin();
if (tab.values['isWanted'] === true) client.connect();

void statusSource.watch(() => statusUrl(client.used.url), POLL_MILLIS, (answer) => {
  status = answer;
  history.asked(status, now());
  statusView.show(status, isElsewhere());
});
setInterval(() => {
  stateView.show(client, performance.now());
  timelineView.show(now());
}, DRAW_MILLIS);
