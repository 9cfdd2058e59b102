import { BIN_MS } from './fleetStatistics.mjs';

/** Text has a contrast of at least 4.5:1 to the background, lines of at least 3:1. */
export const themes = {
  light: {
    background: '#ffffff',
    text: '#1b1f24',
    muted: '#57606a',
    grid: '#e1e5ea',
    ours: '#0b5fd0',
    other: '#7a5c00',
    connected: '#a3257a',
  },
  dark: {
    background: '#0d1117',
    text: '#e6edf3',
    muted: '#9da7b3',
    grid: '#2b323b',
    ours: '#6cb1ff',
    other: '#d9b24c',
    connected: '#f28ccf',
  },
};

const WIDTH = 960;
const MARGIN = 24;
const HEAD = 92;
const PANEL = { width: 440, height: 196, left: 46, right: 40, top: 44, bottom: 26 };
const PLOT_WIDTH = PANEL.width - PANEL.left - PANEL.right;
const PLOT_HEIGHT = PANEL.height - PANEL.top - PANEL.bottom;
const COLUMNS = 240;

const number = (value) => value.toLocaleString('en-US');
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const round = (value) => String(Number(value.toFixed(1)));

/**
 * Draws how many connection attempts reach the servers and how many clients are connected: one panel for each
 * implementation, all with the same axes. Attempts have a square-root scale, so that 300 and 10,000 are both legible.
 *
 * @param {object} drawing
 * @param {string} drawing.title
 * @param {import('./scenarios.mjs').Scenario} drawing.scenario
 * @param {readonly import('./table.mjs').Row[]} drawing.panels the first one is ours
 * @param {keyof typeof themes} drawing.theme
 */
export function drawChart({ title, scenario, panels, theme }) {
  const colours = themes[theme];
  const height = HEAD + Math.ceil(panels.length / 2) * (PANEL.height + 8) + MARGIN;
  const most = Math.max(...panels.map(({ report }) => report.peak));
  const scales = {
    end: chooseEnd(
      panels.map(({ report }) => report),
      scenario,
    ),
    most,
    ticks: [100, 1_000, 4_000, 10_000, 100_000, 1_000_000].filter((tick) => tick <= most * 1.05).slice(-4),
  };
  const drawn = panels.map((panel, index) => {
    const x = MARGIN + (index % 2) * (PANEL.width + 32);
    const y = HEAD + Math.floor(index / 2) * (PANEL.height + 8);
    return `<g transform="translate(${x} ${y})">${drawPanel(panel, index === 0, { ...scales, scenario, colours })}</g>`;
  });
  const summary = panels.map(({ name, report }) => `${name}: ${describe(report)}`).join('; ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title about" font-family="system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-size="12" fill="${colours.text}">
<title id="title">${escape(title)}</title>
<desc id="about">${escape(summary)}</desc>
<rect width="${WIDTH}" height="${height}" fill="${colours.background}"/>
<text x="${MARGIN}" y="38" font-size="20" font-weight="600">${escape(title)}</text>
${drawLegend(colours)}
${drawn.join('\n')}
</svg>
`;
}

function drawLegend({ ours, other, connected, muted }) {
  const y = 66;
  return `<g fill="${muted}"><path d="M${MARGIN} ${y - 9}h8v9h-8z" fill="${ours}"/><path d="M${MARGIN + 8} ${y - 9}h8v9h-8z" fill="${other}"/><text x="${MARGIN + 22}" y="${y}">attempts per 100 ms (left, square-root scale)</text><path d="M340 ${y - 4}h18" stroke="${connected}" stroke-width="2.5" stroke-dasharray="6 3"/><text x="364" y="${y}">clients connected (right)</text><path d="M544 ${y - 10}v12" stroke="${muted}" stroke-width="1.5" stroke-dasharray="2 2"/><text x="552" y="${y}">servers accept again</text><text x="${WIDTH - MARGIN}" y="${y}" text-anchor="end">seconds since the first close</text></g>`;
}

function describe({ peak, dials, reconnectTime100, disconnected }) {
  const end =
    disconnected > 0
      ? `${number(disconnected)} not back`
      : `all back after ${(reconnectTime100 / 1000).toFixed(1)} s`;
  return `peak ${number(peak)}, ${number(dials)} attempts, ${end}`;
}

function drawPanel({ name, report }, isOurs, { end, most, ticks, scenario, colours }) {
  const { ours, other, connected, muted, grid } = colours;
  const left = PANEL.left;
  const floor = PANEL.top + PLOT_HEIGHT;
  const right = left + PLOT_WIDTH;
  const x = (ms) => left + (PLOT_WIDTH * ms) / end;
  const y = (dials) => floor - PLOT_HEIGHT * Math.sqrt(dials / most);

  const rows = ticks.map(
    (tick) =>
      `<path d="M${left} ${round(y(tick))}h${PLOT_WIDTH}" stroke="${grid}"/><text x="${left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${abbreviate(tick)}</text>`,
  );
  const step = timeStep(end);
  const marks = Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => {
    const time = index * step;
    return `<path d="M${round(x(time))} ${floor}v4" stroke="${muted}"/><text x="${round(x(time))}" y="${floor + 17}" text-anchor="middle">${time / 1000}</text>`;
  });
  const recovery =
    scenario.recoveredAt > 0 && scenario.recoveredAt < end
      ? `<path d="M${round(x(scenario.recoveredAt))} ${PANEL.top}V${floor}" stroke="${muted}" stroke-width="1.5" stroke-dasharray="2 2"/>`
      : '';
  return [
    `<text x="0" y="16" font-size="14" font-weight="600">${escape(name)}</text>`,
    `<text x="0" y="33" fill="${muted}">${describe(report)}</text>`,
    `<g fill="${muted}" font-size="11">${rows.join('')}${marks.join('')}<text x="${right + 6}" y="${PANEL.top + 4}">100 %</text><text x="${right + 6}" y="${floor + 4}">0 %</text></g>`,
    recovery,
    `<path d="${dialArea(report.dialsPerBin, { end, x, y, floor })}" fill="${isOurs ? ours : other}"/>`,
    `<path d="${connectedLine(report, { end, x, floor })}" fill="none" stroke="${connected}" stroke-width="2" stroke-dasharray="6 3" stroke-linejoin="round"/>`,
    `<path d="M${left} ${floor}h${PLOT_WIDTH}" stroke="${muted}"/>`,
  ].join('');
}

/** The most dials of any bin in each column, as steps. */
function dialArea(dialsPerBin, { end, x, y, floor }) {
  const bins = end / BIN_MS / COLUMNS;
  let path = `M${round(x(0))} ${round(floor)}`;
  for (let column = 0; column < COLUMNS; column += 1) {
    const inColumn = dialsPerBin.slice(
      Math.floor(column * bins),
      Math.max(Math.floor(column * bins) + 1, Math.floor((column + 1) * bins)),
    );
    const dials = Math.max(0, ...inColumn);
    path += `V${round(dials === 0 ? floor : y(dials))}H${round(x(((column + 1) * end) / COLUMNS))}`;
  }
  return `${path}V${round(floor)}z`;
}

function connectedLine({ clients, connectedPerBin }, { end, x, floor }) {
  let path = `M${round(x(0))} ${round(floor - PLOT_HEIGHT)}`;
  for (let column = 1; column <= COLUMNS / 2; column += 1) {
    const time = (column * end * 2) / COLUMNS;
    const connected = connectedPerBin[Math.min(connectedPerBin.length - 1, Math.ceil(time / BIN_MS) - 1)];
    path += `L${round(x(time))} ${round(floor - (PLOT_HEIGHT * connected) / clients)}`;
  }
  return path;
}

/** The end of the time axis: long enough to show that all our clients are back, and that others take longer. */
function chooseEnd([ours], { recoveredAt, limit }) {
  const wanted = Math.min(limit, Math.max(6_000, recoveredAt * 1.5, ours.reconnectTime100 * 2));
  const step = timeStep(wanted);
  return Math.ceil(wanted / step) * step;
}

function timeStep(end) {
  return [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000].find((step) => end / step <= 9) ?? 200_000;
}

function abbreviate(value) {
  return value >= 1_000_000 ? `${value / 1_000_000}M` : value >= 1_000 ? `${value / 1_000}k` : String(value);
}
