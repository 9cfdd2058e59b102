import { ratios } from './columns.mjs';
import { median } from './statistics.mjs';

const number = (value, digits = 2) =>
  value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'negative',
  });

/** What the library promises itself. */
export function checkTargets({
  burst,
  topics,
  mounting,
  together,
  heap,
  hookMemory,
  connectionMemory,
  idle,
  leftover,
  sizes,
}) {
  const find = (rows, wanted) =>
    rows.find((row) => Object.entries(wanted).every(([name, value]) => row[name] === value));
  const middle = (row, field) => median(row.samples.map((sample) => sample[field]));
  const most = (row, field) => Math.max(...row.samples.map((sample) => sample[field]));
  const ratio = (row, field = 'script', reference = row.reference) => median(ratios(row, reference, field));

  const handler = find(burst, { key: 'ours', mode: 'handler' });
  const reduced = find(burst, { key: 'ours', mode: 'reduced' });
  const few = find(topics, { key: 'ours', crowd: 'few' });
  const apart = find(topics, { key: 'ours', crowd: 'apart' });
  const many = find(topics, { key: 'ours', crowd: 'many' });
  const dense = find(topics, { key: 'ours', crowd: 'dense' });
  const frameStore = { key: 'frameStore' };
  const byHand = ratio(
    find(topics, { ...frameStore, crowd: 'many' }),
    'script',
    find(topics, { ...frameStore, crowd: 'few' }),
  );
  const bareLeftover = find(leftover, { key: 'stateHook' });
  const ours = (rows) => rows.filter(({ key }) => key === 'ours');
  const partOf = ({ name }) => name.slice(name.indexOf(': ') + 2);

  const atMost = (claim, value, limit, digits, unit = '') => ({
    claim: `${claim} at most ${number(limit, digits)}${unit}`,
    measured: `${number(value, digits)}${unit}`,
    holds: value <= limit,
  });
  const exactly = (claim, value, expected, show = String) => ({
    claim: `${claim} ${show(expected)}`,
    measured: show(value),
    holds: value === expected,
  });
  const percent = (value) => `${number(value * 100)} %`;

  return [
    exactly('Burst: seen by the handler', middle(handler, 'share'), 1, percent),
    exactly('Burst: seen by the reducer', middle(reduced, 'share'), 1, percent),
    atMost('Burst: renders of the reducer in a frame', most(reduced, 'mostInFrame'), 1, 0),
    atMost('Burst: script time of the handler, to bare', ratio(handler), 1.25, 2, '×'),
    atMost('Burst: script time of the reducer, to bare', ratio(reduced), 1.5, 2, '×'),
    exactly('200 components on 200 topics: sockets', most(few, 'sockets'), 1),
    atMost('200 components: renders for a message', most(few, 'renders'), 1, 2),
    atMost('200 components: script time, to the store', ratio(few), 1.5, 2, '×'),
    atMost(
      '2,000 components, as many readers of a message, the others in another root: script time, to 200',
      ratio(apart, 'script', few),
      1.2,
      2,
      '×',
    ),
    atMost(
      // React goes over the other 1,800 as well, whoever made it render.
      `2,000 components, as many readers of a message, all in one list: script time, to 200 (a store by hand, once a frame: ${number(byHand)}×)`,
      ratio(many, 'script', few),
      1.2,
      2,
      '×',
    ),
    atMost(
      '2,000 components, ten times the readers: script time for a reader, to 200',
      ratio(dense, 'scriptForReader', few),
      1.2,
      2,
      '×',
    ),
    ...ours(mounting)
      .filter(({ hook }) => hook !== 'useShared')
      .map((row) => atMost(`Mounting: ${partOf(row)}, to the store`, ratio(row), 1.5, 2, '×')),
    ...ours(together).flatMap((row) => [
      atMost(
        `Mounting with their connections, ${partOf(row)}: script time, to by hand`,
        ratio(row),
        row.kind === 'useOwn' ? 4 : 2.5,
        2,
        '×',
      ),
      atMost(`Mounting with their connections, ${partOf(row)}: renders`, most(row, 'renders'), 2, 2),
    ]),
    ...ours(hookMemory).map((row) =>
      atMost(
        `Heap in Node: bytes of a hook, ${partOf(row)}`,
        middle(row, 'bytes'),
        row.kind === 'useOwn' ? 5_400 : 4_300,
        0,
      ),
    ),
    ...ours(connectionMemory).map((row) =>
      atMost(
        `Heap in Node: bytes of a connection, ${row.state}`,
        middle(row, 'bytes'),
        row.state === 'idle' ? 2_000 : 4_000,
        0,
      ),
    ),
    ...ours(heap).map((row) => atMost(`Heap: bytes of ${partOf(row)}`, middle(row, 'bytes'), 2_000, 0)),
    ...ours(leftover).flatMap((row) => [
      atMost(
        `Left of a URL${row.what ? `, ${row.what}` : ''}: bytes more than without a library`,
        median(row.samples.map(({ left }, round) => left - bareLeftover.samples[round].left)),
        1,
        0,
      ),
      exactly(`Left of a URL${row.what ? `, ${row.what}` : ''}: open sockets`, most(row, 'open'), 0),
    ]),
    ...ours(idle).flatMap((row) => {
      const what = row.hook === 'useInline' ? 'options inline' : partOf(row);
      return [
        exactly(`Idle renders, ${what}: dials`, most(row, 'dials'), 1),
        atMost(`Idle renders, ${what}: script time, to the store`, ratio(row), 1.1, 2, '×'),
      ];
    }),
    ...sizes
      .filter(({ limit }) => limit)
      .map((row) => atMost(`Size: bytes of ${partOf(row)}`, row.gzip, row.limit, 0)),
  ];
}
