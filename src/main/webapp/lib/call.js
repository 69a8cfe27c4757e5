/** What a call is built with; call.d.ts describes it. */
export { joinCall } from './call/call.js';
