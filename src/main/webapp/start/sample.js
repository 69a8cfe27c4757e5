/** The code that the page shows, for the server that it came from. @param {string} page the page's address */
export function sampleOf(page) {
  const { protocol, pathname } = new URL('rtc', page);
  const scheme = protocol === 'https:' ? 'wss' : 'ws';
  return `import { connect } from './lib/tokenly.js';
import { joinCall } from './lib/call.js';

const client = connect(\`${scheme}://\${location.host}${pathname}\`);
const call = await joinCall(client, { roomId: 'tea' });
call.on('open', ({ peer }) => peer.send('hello'));
call.on('data', ({ peer, data }) => console.log(peer.id, data));
`;
}
