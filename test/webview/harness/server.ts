import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PageBootstrap } from '../../../src/protocol/messages';
import type { Bundle } from './bundle';
import { documentFor } from './document';
import { THEMES, type ThemeName } from './theme';

export interface PageServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the page on 127.0.0.1; `/<theme>` is the page in that theme, `/blank` a place to leave a memory for it. */
export async function servePage({ js, css }: Bundle, bootstrap: PageBootstrap): Promise<PageServer> {
  let origin = '';
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname.slice(1);
    const [type, body] = answerTo(path);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body);
  });
  const answerTo = (path: string): readonly [type: string, body: string | undefined] => {
    // The browser asks on its own.
    if (path === 'favicon.ico') return ['image/x-icon', ''];
    if (path === 'blank') return ['text/html; charset=utf-8', ''];
    if (path === 'webview.js') return ['text/javascript; charset=utf-8', js];
    if (path === 'webview.css') return ['text/css; charset=utf-8', css];
    if (!Object.hasOwn(THEMES, path)) return ['text/plain', undefined];
    return ['text/html; charset=utf-8', documentFor(origin, THEMES[path as ThemeName], bootstrap)];
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
