/** That tokenly.d.ts promises what the code keeps: `npm run check` compiles this, and that is most of the test. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, connect } from '../../../main/webapp/lib/client.js';
import { TokenlyError } from '../../../main/webapp/lib/errors.js';
import { PROTOCOL } from '../../../main/webapp/lib/frames.js';
import { Peer } from '../../../main/webapp/lib/peer.js';
import * as library from '../../../main/webapp/lib/tokenly.js';

/** @typedef {typeof import('../../../main/webapp/lib/tokenly.js')} Promised */
/** @template A, B @typedef {[A] extends [B] ? ([B] extends [A] ? true : false) : false} Same */

/** @type {{ [name in keyof Promised]: Promised[name] }} what tokenly.d.ts promises, by the code itself */
const code = { connect, PROTOCOL, TokenlyError };

/** @type {Same<keyof Client, keyof import('../../../main/webapp/lib/tokenly.js').Client>} nothing more, nothing less */
const hasAllOfClient = true;
/** @type {Same<keyof Peer, keyof import('../../../main/webapp/lib/tokenly.js').Peer>} */
const hasAllOfPeer = true;
/** @type {Same<keyof TokenlyError, keyof import('../../../main/webapp/lib/tokenly.js').TokenlyError>} */
const hasAllOfError = true;

test('theLibraryOffersExactlyWhatItsTypesPromise', () => {
  assert.deepEqual(Object.entries(library).sort(), Object.entries(code).sort());
  assert.ok(hasAllOfClient && hasAllOfPeer && hasAllOfError);
});
