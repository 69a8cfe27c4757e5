/** The site of an application: an origin of its own, whose pages load the library from the Tokenly server. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

/** The real package, as a page loads it. */
const SIMPLE_PEER = createRequire(import.meta.url).resolve('simple-peer/simplepeer.min.js');

const EXAMPLE = new URL('../../../../docs/examples/call.html', import.meta.url);

const HTML = (/** @type {string} */ module, /** @type {string} */ server) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page of another origin</title><link rel="icon" href="data:,">
<script type="module">import * as ${module} from '/${module}.js?server=${encodeURIComponent(server)}'; globalThis.${module} = ${module};</script></html>`;

export class Site {
  #server;

  /** @param {string} server the origin of the Tokenly server */
  constructor(server) {
    this.#server = createServer(({ url = '' }, response) => {
      const [, name] = /^\/(visitor|worker|caller|simplepeer\.min)\.js(\?|$)/.exec(url) ?? [];
      response.setHeader('Content-Type', name ? 'text/javascript' : 'text/html');
      if (url.startsWith('/example.html')) return void response.end(readFileSync(EXAMPLE, 'utf8').replaceAll('localhost:3003', new URL(server).host));
      response.end(name ? readFileSync(name === 'simplepeer.min' ? SIMPLE_PEER : new URL(`./${name}.js`, import.meta.url)) : HTML(url.startsWith('/caller') ? 'caller' : 'visitor', server));
    });
  }

  /** @param {string} server the origin of the Tokenly server */
  static async start(server) {
    const site = new Site(server);
    await new Promise((resolve) => site.#server.listen(0, '127.0.0.1', () => resolve(undefined)));
    return site;
  }

  get origin() {
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    return `http://localhost:${port}`;
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
