const LOCAL_HOST =
  /^(?:ws|http)s?:\/\/(?:[^\\/?#@]*@)?(?:(?:[^\\/?#:@]+\.)?localhost|127(?:\.\d+){3}|\[::1\])(?::\d*)?(?:[\\/?#]|$)/i;

/** Whether a URL leads to this machine (`localhost`, `*.localhost`, `127.0.0.0/8`, `[::1]`), which needs no network. */
export function isLocalAddress(url: string): boolean {
  return LOCAL_HOST.test(url);
}
