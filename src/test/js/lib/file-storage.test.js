/** Keys in a real file, over the end of a real process. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { fileStorage } from '../../../main/webapp/lib/file-storage.js';
import { Scene } from './scene.js';

/** @param {import('node:test').TestContext} t @returns {string} a file that is not there yet, in a folder of its own */
function newFile(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokenly-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return path.join(folder, 'keys.json');
}

describe('a file of keys', () => {
  it('outlivesAProcessThatIsKilled', (t) => {
    const file = newFile(t);
    const lib = new URL('../../../main/webapp/lib/file-storage.js', import.meta.url);
    const program = `import { fileStorage } from ${JSON.stringify(lib)};
      const storage = fileStorage(${JSON.stringify(file)});
      storage.setItem('x', '1');
      storage.setItem('tokenly.sessions', '{}');
      process.kill(process.pid, 'SIGKILL');`;
    assert.equal(spawnSync(process.execPath, ['--input-type=module', '-e', program]).signal, 'SIGKILL');
    const storage = fileStorage(file);
    assert.deepEqual([storage.getItem('x'), storage.getItem('tokenly.sessions'), storage.getItem('y')], ['1', '{}', null]);
  });

  it('isForItsOwnerOnlyAndWrittenInOneStep', (t) => {
    const file = newFile(t);
    const storage = fileStorage(file);
    assert.deepEqual(readdirSync(path.dirname(file)), []);
    storage.setItem('x', '1');
    const { ino, mode } = statSync(file);
    assert.equal(mode & 0o777, 0o600);
    storage.setItem('x', '2');
    assert.notEqual(statSync(file).ino, ino, 'another file in its place');
    assert.deepEqual(readdirSync(path.dirname(file)), ['keys.json']);
  });

  it('saysWhatIsWrongWithIt', (t) => {
    const file = newFile(t);
    for (const text of ['no JSON', '[]', 'null']) {
      writeFileSync(file, text);
      assert.throws(() => fileStorage(file), ({ code, message }) => code === 'storage-failed' && message.includes(file));
      assert.equal(readFileSync(file, 'utf8'), text, 'nothing is written over it');
    }
    assert.throws(() => fileStorage(path.dirname(file)), { code: 'storage-failed' });
    const storage = fileStorage(path.join(path.dirname(file), 'missing', 'keys.json'));
    assert.throws(() => storage.setItem('x', '1'), { code: 'storage-failed', message: /missing.*ENOENT/ });
    assert.deepEqual(readdirSync(path.dirname(file)), ['keys.json']);
  });

  it('bringsASessionBackToAnotherProcess', async (t) => {
    const file = newFile(t);
    const scene = new Scene();
    const { wire } = await scene.joined('a', { storage: fileStorage(file) });
    wire.silence();
    const { client } = await scene.connected({ storage: fileStorage(file) });
    assert.deepEqual(client.remembered, [{ sessionId: 'a', roomId: 'r' }]);
    assert.deepEqual((await scene.join(client, 'a')).events.map(([name]) => name), ['reset']);
  });

  it('isAnErrorEventOnceWhereItCannotBeWritten', async (t) => {
    const file = path.join(newFile(t), 'keys.json');
    const scene = new Scene();
    const { peer, errors } = await scene.joined('a', { storage: fileStorage(file) });
    assert.equal(peer.isAttached, true);
    assert.deepEqual(errors, ['storage-failed']);
  });
});
