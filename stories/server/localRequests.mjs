/** The hosts of this machine, as `URL` spells them. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Checks a request before anything else is done with it. The demo server listens on this machine only, but
 * every web page that is open on this machine can send requests there: such a page must neither use nor end it.
 *
 * @param {import('node:http').IncomingMessage} request
 * @returns {{ url: URL; status: 200 } | { url: null; status: 400 | 403 }}
 */
export function checkRequest({ url = '', headers }) {
  const base = 'http://localhost';
  if (!url.startsWith('/') || !URL.canParse(url, base)) return { url: null, status: 400 };
  if (!isLocal(headers.origin) || !isLocal(headers.host && `http://${headers.host}`)) {
    return { url: null, status: 403 };
  }
  // An <img> or a form sends no Origin with GET, but browsers say that the page is of another site.
  if (headers.origin === undefined && headers['sec-fetch-site'] === 'cross-site') {
    return { url: null, status: 403 };
  }
  return { url: new URL(url, base), status: 200 };
}

/** Whether a header names a host of this machine. Programs other than browsers send no Origin. */
function isLocal(origin) {
  return origin === undefined || (URL.canParse(origin) && LOCAL_HOSTS.includes(new URL(origin).hostname));
}
