/** What the library offers; tokenly.d.ts describes it. */
export { connect } from './client.js';
export { TokenlyError } from './errors.js';
export { PROTOCOL } from './frames.js';
