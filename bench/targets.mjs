import { ratios } from './columns.mjs';
import { median } from './statistics.mjs';

const number = (value, digits = 2) =>
  value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'negative',
  });

const bytes = (value) => number(value, 0);
const count = (value) => number(value, Number.isInteger(value) ? 0 : 2);
const factor = (value) => `${number(value)}×`;
const percent = (value) => `${number(value * 100)} %`;

/** @typedef {{ what: string; target: string; measured: string; isMet: boolean }} Target */

/** @returns {Target} */
const atMost = (what, value, limit, format) => ({
  what,
  target: `≤ ${format(limit)}`,
  measured: format(value),
  isMet: value <= limit,
});

/** @returns {Target} */
const exactly = (what, value, expected, format = String) => ({
  what,
  target: format(expected),
  measured: format(value),
  isMet: value === expected,
});

const find = (rows, wanted) =>
  rows.find((row) => Object.entries(wanted).every(([name, value]) => row[name] === value));
const ours = (rows) => rows.filter(({ key }) => key === 'ours');
/** The name of a row without that of its implementation. */
const partOf = ({ name }) => name.slice(name.indexOf(': ') + 2);
const medianOf = (row, field) => median(row.samples.map((sample) => sample[field]));
const maximumOf = (row, field) => Math.max(...row.samples.map((sample) => sample[field]));
const ratio = (row, field = 'script', reference = row.reference) => median(ratios(row, reference, field));

/** Compares the rows of all cases with the targets of the library. */
export function checkTargets(rowsOf) {
  return [
    ...burstTargets(rowsOf.burst),
    ...topicTargets(rowsOf.topics),
    ...ours(rowsOf.mounting)
      .filter(({ hook }) => hook !== 'useShared')
      .map((row) => atMost(`Mounting, ${partOf(row)}: script time vs. store`, ratio(row), 1.5, factor)),
    ...ours(rowsOf.mountingWithConnections).flatMap((row) => [
      atMost(
        `Mounting with connections, ${partOf(row)}: script time vs. hand-written`,
        ratio(row),
        row.hook === 'useOwn' ? 4 : 2.5,
        factor,
      ),
      atMost(`Mounting with connections, ${partOf(row)}: renders`, maximumOf(row, 'renders'), 2, count),
    ]),
    ...ours(rowsOf.hookMemory).map((row) =>
      atMost(
        `Heap in Node: bytes per hook with its connection, ${partOf(row)}`,
        medianOf(row, 'bytes'),
        row.hook === 'useOwn' ? 5_400 : 4_300,
        bytes,
      ),
    ),
    ...ours(rowsOf.connectionMemory).map((row) =>
      atMost(
        `Heap in Node: bytes per connection, ${row.state}`,
        medianOf(row, 'bytes'),
        row.state === 'idle' ? 2_000 : 4_000,
        bytes,
      ),
    ),
    ...ours(rowsOf.heap).map((row) =>
      atMost(`Heap: bytes per hook, ${partOf(row)}`, medianOf(row, 'bytes'), 2_000, bytes),
    ),
    ...memoryLeakTargets(rowsOf.memoryLeak),
    ...ours(rowsOf.idleRenders).flatMap((row) => {
      const what = row.hook === 'useInline' ? 'options inline' : partOf(row);
      return [
        exactly(`Idle renders, ${what}: sockets`, maximumOf(row, 'sockets'), 1),
        atMost(`Idle renders, ${what}: script time vs. store`, ratio(row), 1.1, factor),
      ];
    }),
    ...rowsOf.sizes
      .filter(({ target }) => target)
      .map((row) => atMost(`Bundle size: bytes of ${partOf(row)}, gzip`, row.gzip, row.target, bytes)),
  ];
}

function burstTargets(rows) {
  const handler = find(rows, { key: 'ours', mode: 'handler' });
  const reducer = find(rows, { key: 'ours', mode: 'reduced' });
  return [
    exactly('Burst: messages seen by the handler', medianOf(handler, 'share'), 1, percent),
    exactly('Burst: messages seen by the reducer', medianOf(reducer, 'share'), 1, percent),
    atMost('Burst: renders per frame with the reducer', maximumOf(reducer, 'mostInFrame'), 1, count),
    atMost('Burst: script time of the handler vs. bare', ratio(handler), 1.25, factor),
    atMost('Burst: script time of the reducer vs. bare', ratio(reducer), 1.5, factor),
  ];
}

function topicTargets(rows) {
  const oursIn = (layout) => find(rows, { key: 'ours', layout });
  const small = oursIn('small');
  const frameStoreIn = (layout) => find(rows, { key: 'frameStore', layout });
  const frameStoreRatio = ratio(frameStoreIn('large'), 'script', frameStoreIn('small'));
  return [
    exactly('200 components on 200 topics: sockets', maximumOf(small, 'sockets'), 1),
    atMost('200 components: renders per message', maximumOf(small, 'renders'), 1, count),
    atMost('200 components: script time vs. store', ratio(small), 1.5, factor),
    atMost(
      '2,000 components, as many readers per message, the others in another root: script time vs. 200 components',
      ratio(oursIn('largeInTwoRoots'), 'script', small),
      1.2,
      factor,
    ),
    atMost(
      // React visits the other 1,800 components as well, whichever library causes the render.
      `2,000 components, as many readers per message, all in one list: script time vs. 200 components (hand-written store, once per frame: ${factor(frameStoreRatio)})`,
      ratio(oursIn('large'), 'script', small),
      1.2,
      factor,
    ),
    atMost(
      '2,000 components, ten times the readers: script time per reader vs. 200 components',
      ratio(oursIn('tenPerTopic'), 'scriptPerReader', small),
      1.2,
      factor,
    ),
  ];
}

function memoryLeakTargets(rows) {
  const handWritten = find(rows, { key: 'stateHook' });
  return ours(rows).flatMap((row) => {
    const suffix = row.what ? `, ${row.what}` : '';
    return [
      atMost(
        `Memory that remains after URLs${suffix}: bytes per URL more than with a hand-written hook`,
        median(row.samples.map(({ growth }, round) => growth - handWritten.samples[round].growth)),
        1,
        bytes,
      ),
      exactly(`Memory that remains after URLs${suffix}: open sockets`, maximumOf(row, 'open'), 0),
    ];
  });
}
