/** The servers under test: how each is started, as it comes and with its recipe. */
import type { Program } from './processes.js';

const MIB = 2 ** 20;

export interface Server {
  readonly name: string;
  /** The Debian package that its version is read from; without one it is a package of npm. */
  readonly debian?: string;
  readonly npm?: string;
  /** The server as its documentation has it, with a handler for text. */
  readonly plain: Program;
  /** The largest message that it takes by default, in bytes; `null` when it takes any. */
  readonly limit: number | null;
  /** What its idle limit is, and how the server is started with a short one; `null` when it has none. */
  readonly idle: { readonly setting: string; readonly program: Program } | null;
  readonly recipe: Program;
  /** The files of the recipe, in `recipes/`; the last one is the one that is started. */
  readonly files: readonly string[];
  /** What the guide says above the recipe. */
  readonly note: string;
}

/** Every recipe takes 1 MiB, unless its server cannot. */
export const RECIPE_LIMIT = MIB;

const LISTENING = /Listening/;
/** The Python of Debian, which has the packages of Debian. */
const PYTHON = '/usr/bin/python3';

const withEnv = (program: Program, env: Readonly<Record<string, string>>): Program => ({
  ...program,
  env: { ...program.env, ...env },
});

const node = (file: string): Program => ({ run: [process.execPath, file], ready: LISTENING });
const python = (file: string, ready = LISTENING): Program => ({ run: [PYTHON, file], ready });

const uvicorn = (...options: string[]): Program => ({
  run: [
    '/bin/sh',
    '-c',
    `exec ${PYTHON} -m uvicorn --port $PORT --app-dir plain ${options.join(' ')} starlette_app:app`,
  ],
  ready: /Uvicorn running/,
});

const uvicornRecipe = python('recipes/uvicorn_server.py', /Uvicorn running/);

export const servers: readonly Server[] = [
  {
    name: 'ws',
    npm: 'ws',
    plain: node('plain/ws-server.mjs'),
    limit: 100 * MIB,
    idle: null,
    recipe: node('recipes/ws-server.mjs'),
    files: ['ws-server.mjs'],
    note: 'Without a handler for SIGTERM, the process ends at once and clients see 1006. `ws` gives text and binary messages to the same listener; `isBinary` tells them apart.',
  },
  {
    name: 'websockets',
    debian: 'python3-websockets',
    plain: python('plain/websockets_server.py'),
    limit: MIB,
    idle: {
      setting: '`ping_interval` and `ping_timeout`, 20 s by default',
      program: withEnv(python('plain/websockets_server.py'), { PING_INTERVAL: '0.1', PING_TIMEOUT: '2' }),
    },
    recipe: python('recipes/websockets_server.py'),
    files: ['websockets_server.py'],
    note: 'By itself it closes with 1001, which reconnects too. With 1012 the delay stays between 1 and 5 s however long the restart takes.',
  },
  {
    name: 'uvicorn with websockets',
    debian: 'python3-uvicorn',
    plain: uvicorn('--ws websockets'),
    limit: 16 * MIB,
    idle: {
      setting: '`--ws-ping-interval` and `--ws-ping-timeout`, 20 s by default',
      program: uvicorn('--ws websockets --ws-ping-interval 0.1 --ws-ping-timeout 2'),
    },
    recipe: withEnv(uvicornRecipe, { WS: 'websockets' }),
    files: ['starlette_app.py', 'uvicorn_server.py'],
    note: 'The application is Starlette; FastAPI has the same `WebSocket` class. A handler with `receive_text()` raises an exception when a binary message comes, and clients see 1006.',
  },
  {
    name: 'uvicorn with wsproto',
    debian: 'python3-uvicorn',
    plain: uvicorn('--ws wsproto'),
    limit: null,
    idle: null,
    recipe: withEnv(uvicornRecipe, { WS: 'wsproto' }),
    files: ['starlette_app.py', 'uvicorn_server.py'],
    note: 'uvicorn closes with 1012 by itself when it uses wsproto. The recipe is the same; it starts with `WS=wsproto`. wsproto has no limit for the size of a message, so the application checks it.',
  },
];
