import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TokenlyError } from './errors.js';

/** Only its owner may read it: it holds the resume keys. */
const MODE = 0o600;

/** @param {string} path @returns {import('./tokenly.js').KeyStorage} see file-storage.d.ts */
export function fileStorage(path) {
  const file = resolve(path);
  read(file); // what is wrong is told now, not at the first session
  return {
    getItem: (name) => read(file)[name] ?? null,
    setItem: (name, value) => write(file, { ...read(file), [name]: value }),
  };
}

/** @param {string} file @returns {Record<string, string>} empty where there is no such file yet @throws {TokenlyError} */
function read(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (/** @type {NodeJS.ErrnoException} */ (cause).code === 'ENOENT') return {};
    throw failure('read', file, cause);
  }
  try {
    const values = JSON.parse(text);
    if (values !== null && typeof values === 'object' && !Array.isArray(values)) return values;
  } catch (cause) {
    throw failure('read', file, cause);
  }
  throw failure('read', file, new Error('it holds no JSON object'));
}

/** In one step: another process that reads meanwhile, or after a crash, finds the old values or the new ones. @param {string} file @param {Record<string, string>} values @throws {TokenlyError} */
function write(file, values) {
  const draft = join(dirname(file), `.tokenly-${randomUUID()}`);
  try {
    const descriptor = openSync(draft, 'wx', MODE);
    try {
      writeFileSync(descriptor, JSON.stringify(values));
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw failure('write', file, cause);
  }
}

/** @param {'read' | 'write'} act @param {string} file @param {unknown} cause */
function failure(act, file, cause) {
  return new TokenlyError('storage-failed', { message: `Cannot ${act} the keys in ${file}: ${/** @type {Error} */ (cause).message}`, cause });
}
