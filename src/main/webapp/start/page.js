/** The front page: the doors of this server, and what it lacks. */
import { copy } from '../common/clipboard.js';
import { byId, write } from '../common/dom.js';
import { PageLanguage } from '../common/page-language.js';
import { StatusSource } from '../common/server-status.js';
import { CallForm } from './call-form.js';
import { askInfo, showMissing } from './missing.js';
import { sampleOf } from './sample.js';
import { StatusDoor } from './status-door.js';
import { TEXTS } from './texts.js';

/** Between two looks at the server. */
const POLL_MILLIS = 2000;

/** @type {typeof globalThis.fetch} */
const ask = (url, init) => fetch(url, init);

const language = new PageLanguage(TEXTS, () => {
  form.show();
  door.show();
  showMissing(info, speak);
  write(byId('copy-note'), '');
});
const { speak } = language;
const form = new CallForm(speak);
const door = new StatusDoor(speak);
/** @type {import('./missing.js').ServerInfo} */
let info = {};

const sample = sampleOf(location.href);
write(byId('sample'), sample);
byId('copy').addEventListener('click', async () => {
  write(byId('copy-note'), speak((await copy(sample, byId('sample'))) ? TEXTS.copied : TEXTS.notCopied));
});
language.begin();

void new StatusSource(ask).watch(() => new URL('status', location.href).href, POLL_MILLIS, (status, cause) => door.answered(status, cause));
info = await askInfo(ask, new URL('info', location.href).href);
showMissing(info, speak);
