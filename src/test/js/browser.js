/** The real Chromium of the tests, and what they keep of it. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const CHROMIUM = process.env['TOKENLY_CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const LOOK_MILLIS = 100;
const isMissing = !existsSync(CHROMIUM);

export const PICTURES = fileURLToPath(new URL('../../../target/screenshots/', import.meta.url));
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A camera of Chromium's own, and connections within this machine. */
export const CALL_FLAGS = ['--disable-features=WebRtcHideLocalIpsWithMdns', '--allow-loopback-in-peer-connection', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
/** How long a page may take for what it is to do. */
export const PATIENCE_MILLIS = 60_000;

/** Whether a missing program fails the tests instead of skipping them. */
export const isRequired = process.env['TOKENLY_REQUIRE_CHROMIUM'] === 'true';
export const isSkipped = isMissing && !isRequired;

/** @param {string} tests what is skipped then */
export function tellSkipped(tests) {
  if (isSkipped) console.log(`${tests} are skipped: there is no Chromium at ${CHROMIUM} (TOKENLY_CHROMIUM says where it is).`);
}

/** @param {string[]} flags more of them @throws where there is none */
export function launch(...flags) {
  if (isMissing) throw new Error(`there is no Chromium at ${CHROMIUM}; TOKENLY_CHROMIUM says where it is`);
  mkdirSync(PICTURES, { recursive: true });
  const args = [...FLAGS, ...flags, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

/** @param {string} what @param {() => Promise<boolean>} isSo @param {() => Promise<unknown>} [detail] */
export async function until(what, isSo, detail = async () => '') {
  for (const end = performance.now() + PATIENCE_MILLIS; performance.now() < end; await sleep(LOOK_MILLIS)) if (await isSo()) return;
  assert.fail(`${what}: ${JSON.stringify(await detail())}`);
}
