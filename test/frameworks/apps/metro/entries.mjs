// Prints the exports of each entry of the library, and whether two entries share the same class.
import * as main from 'react-websocket-hooks';
import * as closeCodes from 'react-websocket-hooks/close-codes';
import * as core from 'react-websocket-hooks/core';
import * as devtools from 'react-websocket-hooks/devtools';
import * as testing from 'react-websocket-hooks/testing';

const entries = { main, 'close-codes': closeCodes, core, devtools, testing };

console.log(
  JSON.stringify({
    names: Object.fromEntries(
      Object.entries(entries).map(([entry, exported]) => [
        entry,
        Object.keys(exported)
          .filter((name) => name !== 'default' && name !== '__esModule')
          .sort(),
      ]),
    ),
    hasOneClass: main.WebSocketError === core.WebSocketError,
  }),
);
