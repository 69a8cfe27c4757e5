/** The address of the server, which is out of reach while we are in the tunnel. */
export class Tunnel {
  isClosed = false;
  #address;

  /** @param {string} address of the WebSocket */
  constructor(address) {
    this.#address = address;
  }

  /** @throws {Error} in the tunnel */
  address = () => {
    if (this.isClosed) throw new Error('no network in the tunnel');
    return this.#address;
  };
}

/** Where the server of a page takes WebSockets: beside it. @param {string} page */
export function socketAddress(page) {
  const address = new URL('rtc', page);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}
