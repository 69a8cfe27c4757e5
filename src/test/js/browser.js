/** The real Chromium of the tests, and what they keep of it. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const CHROMIUM = process.env['TOKENLY_CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const isMissing = !existsSync(CHROMIUM);

export const PICTURES = fileURLToPath(new URL('../../../target/screenshots/', import.meta.url));
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
