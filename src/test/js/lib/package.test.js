/** The npm package: packed, installed into an empty folder without a network, and used there. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LIBRARY = fileURLToPath(new URL('../../../main/webapp/lib/', import.meta.url));
const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));

const PROGRAM = `
  import { connect, PROTOCOL, TokenlyError } from '@tokenly/client';
  import { joinCall } from '@tokenly/client/call';
  import { fileStorage } from '@tokenly/client/file-storage';
  fileStorage('keys.json').setItem('x', '1');
  class WebSocket {
    constructor(url, protocols) { console.log(url, ...protocols); }
    close() {}
    terminate() {}
  }
  const client = connect('ws://localhost/rtc', { WebSocket });
  client.on('state', ({ state }) => console.log(state));
  setTimeout(() => client.fail() || client.close(), 1);
  joinCall(client, { roomId: 'r' }).catch(({ code }) => console.log(code));
  console.log(PROTOCOL, new TokenlyError('room-full').retryable);
`;

test('thePackageWorksWhereItIsInstalled', { timeout: 60_000 }, async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tokenly-'));
  t.after(() => rm(folder, { recursive: true }));
  const npm = (/** @type {string[]} */ ...args) => run('npm', args, { cwd: folder });

  const [packed] = JSON.parse((await npm('pack', LIBRARY, '--json')).stdout);
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  await npm('install', `./${packed.filename}`, '--offline', '--no-audit', '--no-fund');
  await writeFile(path.join(folder, 'program.js'), PROGRAM);
  const { stdout, stderr } = await run(process.execPath, ['program.js'], { cwd: folder });

  assert.deepEqual(stdout.split('\n'), ['tokenly.v1 true', 'connecting', 'ws://localhost/rtc tokenly.v1.batched tokenly.v1', 'no-webrtc', 'closed', '']);
  assert.equal(stderr, '');
  const names = packed.files.map((/** @type {{ path: string }} */ file) => file.path);
  for (const name of ['tokenly.js', 'tokenly.d.ts', 'file-storage.d.ts', 'call.d.ts', 'call/call.js', 'client.js', 'README.md', 'package.json']) assert.ok(names.includes(name), name);
  assert.ok(!names.some((/** @type {string} */ name) => name.includes('test')));
});

test('thePackageHasTheVersionOfTheServer', async () => {
  const { version } = JSON.parse(await readFile(path.join(LIBRARY, 'package.json'), 'utf8'));
  const pom = await readFile(path.join(REPOSITORY, 'pom.xml'), 'utf8');
  assert.equal(version, /<version>(.*?)<\/version>/.exec(pom)?.[1]);
});
