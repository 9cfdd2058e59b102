/** The servers under test: how each is started, as it comes and with its recipe. */
import type { Program } from './processes.js';

const MIB = 2 ** 20;

export interface IdleLimit {
  /** The option and its default. */
  readonly setting: string;
  readonly program: Program;
  /** Whether the server pings, but does not mind a client that never answers. */
  readonly toleratesSilence?: boolean;
}

export interface Recipe {
  readonly program: Program;
  /** Its files, in `recipes/`; the last one is the one that is started. */
  readonly files: readonly string[];
  /** The command that starts it, as the guide shows it. */
  readonly command: string;
  /** The text of the guide above it. */
  readonly note: string;
}

export interface Server {
  readonly name: string;
  /** The Debian package that its version is read from; without one it is a package of npm. */
  readonly debian?: string;
  readonly npm?: string;
  /** The server as its documentation has it, with a handler for text. */
  readonly plain: Program;
  /** The largest message that it takes by default, in bytes; `null` when it takes any. */
  readonly limit: number | null;
  /** Whether it is chance that a 1000 is clean or not when it stops, because it does not wait for the answer. */
  readonly closesByChance?: boolean;
  /** Whether its close frame may be lost after a message that is too big, because it stops reading at once. */
  readonly losesCloseOfTooBig?: boolean;
  /** Whether its handler for text does nothing with binary messages. */
  readonly ignoresBinary?: boolean;
  /** The limits that an idle connection meets, each with a program in which it is short. */
  readonly idle: readonly IdleLimit[];
  /** How it is started by its recipe, unless that is the recipe of another entry. */
  readonly recipe?: Recipe;
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

const hypercorn = (options = ''): Program => ({
  run: [
    '/bin/sh',
    '-c',
    `cd plain; exec ${PYTHON} -m hypercorn --bind 127.0.0.1:$PORT ${options} starlette_app:app`,
  ],
  ready: /Running on/,
});

const daphne = (options = ''): Program => ({
  run: ['/bin/sh', '-c', `cd plain; exec ${PYTHON} -m daphne --port $PORT ${options} starlette_app:app`],
  ready: /Listening on TCP/,
});

const aiohttp = (...args: string[]): Program => ({
  run: [PYTHON, 'plain/aiohttp_server.py', ...args],
  ready: /Running on/,
});

const go = (folder: string): Program => ({
  build: {
    run: ['/bin/sh', '-c', `go build -o $BUILD/gorilla-${folder} ${folder}/gorilla_server.go`],
    env: { GO111MODULE: 'off', GOPATH: '/usr/share/gocode' },
  },
  run: ['/bin/sh', '-c', `exec $BUILD/gorilla-${folder}`],
  ready: LISTENING,
});

const TOMCAT_CLASSES = [
  'annotations-api',
  'api',
  'catalina',
  'coyote',
  'el-api',
  'jaspic-api',
  'jni',
  'juli',
  'servlet-api',
  'util',
  'util-scan',
  'websocket',
  'websocket-api',
  'websocket-client-api',
]
  .map((name) => `/usr/share/java/tomcat10-${name}.jar`)
  .join(':');

const tomcat = (folder: string): Program => ({
  build: {
    run: [
      '/bin/sh',
      '-c',
      `javac -nowarn -cp ${TOMCAT_CLASSES} -d $BUILD/tomcat-${folder} ${folder}/TomcatServer.java`,
    ],
  },
  run: [
    '/bin/sh',
    '-c',
    `exec java -Djava.io.tmpdir=$BUILD -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp ${TOMCAT_CLASSES}:$BUILD/tomcat-${folder} TomcatServer`,
  ],
  ready: LISTENING,
});

const puma = (folder: string): Program => ({
  run: ['/bin/sh', '-c', `exec puma --bind tcp://127.0.0.1:$PORT ${folder}/faye_server.ru`],
  ready: /Use Ctrl-C to stop/,
});

const uvicornRecipe = python('recipes/uvicorn_server.py', /Uvicorn running/);

/** The server behind the proxies: as it comes, with its recipe, and with a ping every second. */
export const quietServer = node('plain/ws-server.mjs');
export const recipeServer = node('recipes/ws-server.mjs');
export const pingingServer = withEnv(recipeServer, { PING_MS: '1000' });

export const servers: readonly Server[] = [
  {
    name: 'ws',
    npm: 'ws',
    plain: quietServer,
    limit: 100 * MIB,
    idle: [],
    recipe: {
      program: recipeServer,
      files: ['ws-server.mjs'],
      command: 'node ws-server.mjs',
      note: 'Without a handler for SIGTERM, the process ends at once and clients see 1006. `ws` gives text and binary messages to the same listener; `isBinary` tells them apart.',
    },
  },
  {
    name: 'websockets',
    debian: 'python3-websockets',
    plain: python('plain/websockets_server.py'),
    limit: MIB,
    idle: [
      {
        setting: '`ping_interval` and `ping_timeout`, 20 s by default',
        program: withEnv(python('plain/websockets_server.py'), { PING_INTERVAL: '0.1', PING_TIMEOUT: '5' }),
      },
    ],
    recipe: {
      program: python('recipes/websockets_server.py'),
      files: ['websockets_server.py'],
      command: 'python3 websockets_server.py',
      note: 'By itself it closes with 1001, which reconnects too. With 1012 the delay stays between 1 and 5 s however long the restart takes.',
    },
  },
  {
    name: 'uvicorn with websockets',
    debian: 'python3-uvicorn',
    plain: uvicorn('--ws websockets'),
    limit: 16 * MIB,
    idle: [
      {
        setting: '`--ws-ping-interval` and `--ws-ping-timeout`, 20 s by default',
        program: uvicorn('--ws websockets --ws-ping-interval 0.1 --ws-ping-timeout 5'),
      },
    ],
    recipe: {
      program: withEnv(uvicornRecipe, { WS: 'websockets' }),
      files: ['starlette_app.py', 'uvicorn_server.py'],
      command: 'WS=websockets python3 uvicorn_server.py',
      note: 'The application is Starlette; FastAPI has the same `WebSocket` class. A handler with `receive_text()` raises an exception when a binary message comes, and clients see 1006.',
    },
  },
  {
    name: 'uvicorn with wsproto',
    debian: 'python3-uvicorn',
    plain: uvicorn('--ws wsproto'),
    limit: null,
    idle: [],
    recipe: {
      program: withEnv(uvicornRecipe, { WS: 'wsproto' }),
      files: ['starlette_app.py', 'uvicorn_server.py'],
      command: 'WS=wsproto python3 uvicorn_server.py',
      note: 'uvicorn closes with 1012 by itself when it uses wsproto. The recipe is the same. wsproto has no limit for the size of a message, so the application checks it.',
    },
  },
  {
    name: 'hypercorn',
    debian: 'python3-hypercorn',
    plain: hypercorn(),
    limit: 16 * MIB,
    idle: [
      {
        setting: '`--websocket-ping-interval`, off by default',
        program: hypercorn('--websocket-ping-interval 1'),
        toleratesSilence: true,
      },
    ],
    recipe: {
      program: python('recipes/hypercorn_server.py', /Running on/),
      files: ['starlette_app.py', 'hypercorn_server.py'],
      command: 'python3 hypercorn_server.py',
      note: 'By itself it closes with a clean 1000 when it is stopped, and also when the application raises an exception: for a client, the conversation is over. The recipe starts hypercorn from Python, because the command has no way to act before it stops.',
    },
  },
  {
    name: 'daphne',
    debian: 'daphne',
    plain: daphne(),
    limit: null,
    idle: [
      {
        setting: '`--ping-interval` and `--ping-timeout`, 20 s and 30 s by default',
        program: daphne('--ping-interval 1 --ping-timeout 5'),
      },
      {
        setting: '`--websocket_timeout`, a day by default and also for connections in use',
        program: daphne('--websocket_timeout 1'),
      },
    ],
    recipe: {
      program: python('recipes/daphne_server.py'),
      files: ['starlette_app.py', 'daphne_server.py'],
      command: 'python3 daphne_server.py',
      note: 'By itself it can send neither 1003 nor 1012: its `websocket.close` accepts 1000 and 3000 to 4999 only, and raises an exception for other codes, which clients see as 1011. The recipe replaces that one method.',
    },
  },
  {
    name: 'aiohttp',
    debian: 'python3-aiohttp',
    plain: aiohttp(),
    limit: 4 * MIB,
    ignoresBinary: true,
    idle: [
      {
        setting: '`heartbeat`, off by default',
        program: withEnv(aiohttp(), { HEARTBEAT: '4' }),
      },
    ],
    recipe: {
      program: python('recipes/aiohttp_server.py', /Running on/),
      files: ['aiohttp_server.py'],
      command: 'python3 aiohttp_server.py',
      note: 'After SIGTERM it goes on with the connections that are open, for 60 s by default (`shutdown_timeout`), and then drops them. A handler in `on_shutdown` that closes them does not help, whatever its code: it ends the loop of the endpoint first, and at the end of an endpoint aiohttp closes with 1000. So the endpoint has to close with 1012 itself.',
    },
  },
  {
    name: 'aiohttp with an `on_shutdown` handler',
    debian: 'python3-aiohttp',
    plain: aiohttp('shutdown-handler'),
    closesByChance: true,
    limit: 4 * MIB,
    ignoresBinary: true,
    idle: [
      {
        setting: '`heartbeat`, off by default',
        program: withEnv(aiohttp('shutdown-handler'), { HEARTBEAT: '4' }),
      },
    ],
  },
  {
    name: 'tornado',
    debian: 'python3-tornado',
    plain: python('plain/tornado_server.py'),
    limit: 10 * MIB,
    losesCloseOfTooBig: true,
    idle: [
      {
        setting: '`websocket_ping_interval`, off by default',
        program: withEnv(python('plain/tornado_server.py'), { PING_INTERVAL: '0.1', PING_TIMEOUT: '5' }),
      },
    ],
    recipe: {
      program: python('recipes/tornado_server.py'),
      files: ['tornado_server.py'],
      command: 'python3 tornado_server.py',
      note: 'It has no handler for SIGTERM, so the process ends at once.',
    },
  },
  {
    name: 'gorilla',
    debian: 'golang-github-gorilla-websocket-dev',
    plain: go('plain'),
    limit: null,
    idle: [
      {
        setting: '`SetReadDeadline`, none by default',
        program: withEnv(go('plain'), { READ_DEADLINE: '500ms' }),
      },
    ],
    recipe: {
      program: go('recipes'),
      files: ['gorilla_server.go'],
      command: 'go run gorilla_server.go',
      note: "`Shutdown` of Go's HTTP server leaves WebSocket connections alone: they end with the process, and clients see 1006.",
    },
  },
  {
    name: 'Tomcat',
    debian: 'libtomcat10-java',
    plain: tomcat('plain'),
    limit: 8 * 1024,
    ignoresBinary: true,
    idle: [
      {
        setting: '`setMaxIdleTimeout`, none by default',
        program: withEnv(tomcat('plain'), { MAX_IDLE_TIMEOUT: '500' }),
      },
    ],
    recipe: {
      program: tomcat('recipes'),
      files: ['TomcatServer.java'],
      command: 'java -cp "$TOMCAT_HOME/lib/*" TomcatServer.java',
      note: 'By itself it closes with 1001.',
    },
  },
  {
    name: 'puma with faye-websocket',
    debian: 'ruby-faye-websocket',
    plain: puma('plain'),
    limit: 64 * MIB - 1,
    losesCloseOfTooBig: true,
    idle: [
      {
        setting: '`ping`, off by default',
        program: withEnv(puma('plain'), { PING: '0.1' }),
        toleratesSilence: true,
      },
    ],
    recipe: {
      program: puma('recipes'),
      files: ['faye_server.ru'],
      command: 'puma --bind "tcp://127.0.0.1:${PORT:-8080}" faye_server.ru',
      note: 'Puma does not know of WebSocket connections, which end with the process.',
    },
  },
];
