import type { CloseInfo } from '../closeInfo.js';

/** An outage, from its first close until a connection has been stable. */
export interface Outage {
  /** Dials decided so far. */
  readonly attempt: number;
  /** How many sockets were open and ended within this outage: a high number means a crash loop. */
  readonly openSockets: number;
  /** The close that began it: the latest one of an open socket, or the refused first dial. */
  readonly cause: CloseInfo | null;
  /** No dial before this time, in ms since the epoch: `minDelay` after the close of an open socket. */
  readonly notBefore: number;
}

/** No outage: what a connection begins with, and returns to once it is stable. */
export const NO_OUTAGE: Outage = { attempt: 0, openSockets: 0, cause: null, notBefore: 0 };
