import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

/** The web server of the page under test. */
export interface WebServer {
  readonly origin: string;
  readonly secureOrigin: string;
  /** The paths of the key and of the self-signed certificate. */
  readonly tls: readonly [key: string, cert: string];
  readonly close: () => void;
}

/** Serves the page with the Content Security Policy of the query `csp`, and another page to navigate to. */
const handleRequest: RequestListener = ({ url }, response) => {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://site');
  const csp = searchParams.get('csp');
  if (csp !== null) response.setHeader('Content-Security-Policy', csp);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  if (pathname === '/other-page') {
    response.end('<!doctype html><title>Other page</title>');
    return;
  }
  const { production, development } = inject('pageScripts');
  const script = searchParams.has('strict') ? development : production;
  response.end(
    `<!doctype html><title>App</title><link rel="icon" href="data:,"><body><script>${script.replaceAll('</script', '<\\/script')}</script>`,
  );
};

/** Creates a self-signed certificate for this machine. */
function createCertificate(folder: string): readonly [key: string, cert: string] {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', key, '-out', cert],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return [key, cert];
}

export async function startWebServer(): Promise<WebServer> {
  const folder = mkdtempSync(join(tmpdir(), 'react-websocket-hooks-web-server-'));
  const tls = createCertificate(folder);
  const [key, cert] = tls;
  const servers = [
    createServer(handleRequest),
    createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, handleRequest),
  ];
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => {
            resolve((server.address() as AddressInfo).port);
          });
        }),
    ),
  );
  return {
    origin: `http://127.0.0.1:${ports[0]}`,
    secureOrigin: `https://127.0.0.1:${ports[1]}`,
    tls,
    close() {
      for (const server of servers) server.close();
      for (const server of servers) server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
