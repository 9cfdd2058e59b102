/**
 * The styles that inspector and devtools share. The components include them, so that an application need not load a
 * stylesheet. Colours follow the `color-scheme` of the page. Rules that style sheets of applications often set for
 * bare elements are reset. They contain no quotes and no `<`, `>` or `&`, which React would escape on a server.
 */
const base = `
.rwh-root {
  --ink: light-dark(#161b26, #e9edf4);
  --soft: light-dark(#545e6f, #9fabbd);
  --surface: light-dark(#ffffff, #161a23);
  --sunken: light-dark(#f4f6f9, #10141c);
  --line: light-dark(#dfe3ea, #2a303c);
  --strong: light-dark(#b9c1cd, #465062);
  --accent: light-dark(#2a55d4, #8cabff);
  --accent-tint: light-dark(#e4ebfd, #1d2a4d);
  color: var(--ink);
  font: 400 13px/1.5 system-ui, -apple-system, Segoe UI, Roboto, sans-serif;
  text-align: start;
}
.rwh-root, .rwh-root * { box-sizing: border-box; letter-spacing: normal; text-transform: none; }
.rwh-root :where(h2, h3, p, dl, dt, dd, ol, ul, li, pre, figure) { margin: 0; padding: 0; font-size: inherit; }
.rwh-root :where(ol, ul) { list-style: none; }
.rwh-root :where(pre, time, code) { background: none; color: inherit; font: 12px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.rwh-idle, .rwh-closed, .rwh-message, .rwh-sent, .rwh-queued, .rwh-heartbeat, .rwh-close { --tone: light-dark(#4b5667, #b0bac9); --tint: light-dark(#edf0f4, #1f2530); --edge: light-dark(#d3d9e2, #363f4e); }
.rwh-connecting, .rwh-dial { --tone: light-dark(#1e4cc0, #94b1ff); --tint: light-dark(#e9effe, #17213d); --edge: light-dark(#c4d3fa, #2d4175); }
.rwh-open { --tone: light-dark(#0b6a3b, #63d69d); --tint: light-dark(#e6f6ed, #10281c); --edge: light-dark(#b7e2c9, #1f4f37); }
.rwh-reconnecting, .rwh-retry, .rwh-dropped { --tone: light-dark(#854700, #f4b95f); --tint: light-dark(#fdf2df, #2c2110); --edge: light-dark(#f2d6a6, #5b4219); }
.rwh-failed, .rwh-fail, .rwh-violation { --tone: light-dark(#b01c1c, #ff938a); --tint: light-dark(#fdecea, #2b1516); --edge: light-dark(#f5c5c0, #6a2d2a); }
.rwh-row { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
.rwh-root button, .rwh-root input, .rwh-root select { width: auto; min-width: 0; min-height: 30px; margin: 0; padding: 3px 12px; border: 1px solid var(--strong); border-radius: 8px; background: var(--surface); box-shadow: none; color: inherit; font: inherit; }
.rwh-root button { cursor: pointer; font-weight: 550; }
.rwh-root button:hover:enabled { border-color: var(--accent); }
.rwh-root button:disabled { cursor: default; opacity: 0.55; }
.rwh-root .rwh-toggle { border-color: var(--line); color: var(--soft); }
.rwh-root .rwh-toggle[aria-pressed=true] { border-color: var(--accent-tint); background: var(--accent-tint); color: var(--ink); }
.rwh-root :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

const inspector = `
.rwh-inspector { container: rwh / inline-size; overflow: hidden; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.rwh-head { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; padding: 12px 16px; border-bottom: 1px solid var(--line); background: var(--tint); }
.rwh-head h2 { font-weight: 650; line-height: inherit; overflow-wrap: anywhere; }
.rwh-badge { padding: 1px 10px; border-radius: 99px; background: var(--tone); color: var(--tint); font-weight: 650; }
.rwh-progress { flex: 1 1 12ch; font-variant-numeric: tabular-nums; }
.rwh-reason { display: grid; gap: 2px; padding: 10px 16px; border-bottom: 1px solid var(--line); background: var(--tint); overflow-wrap: anywhere; }
.rwh-reason strong { color: var(--tone); }
.rwh-totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(14ch, 1fr)); gap: 1px; border-bottom: 1px solid var(--line); background: var(--line); }
.rwh-totals div { padding: 8px 16px; background: var(--surface); }
.rwh-totals dt { color: var(--soft); font-size: 12px; font-weight: 400; }
.rwh-totals dd { font-weight: 600; font-variant-numeric: tabular-nums; }
.rwh-totals dd small { color: var(--soft); font-size: 12px; font-weight: 400; }
.rwh-tools { justify-content: space-between; padding: 8px 16px; border-bottom: 1px solid var(--line); background: var(--sunken); }
.rwh-root .rwh-tools input { flex: 1 1 12ch; }
.rwh-events { max-height: 360px; overflow: auto; }
.rwh-event { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 30px; }
.rwh-event summary { display: grid; grid-template-columns: 12ch 1ch 11ch minmax(0, 1fr); gap: 10px; align-items: baseline; padding: 5px 16px; cursor: pointer; list-style: none; }
.rwh-event summary::-webkit-details-marker { display: none; }
.rwh-event summary:hover { background: var(--sunken); }
.rwh-event summary:focus-visible { outline-offset: -2px; }
.rwh-event time, .rwh-arrow { color: var(--soft); }
.rwh-type { justify-self: start; padding: 0 8px; border-radius: 6px; background: var(--tint); color: var(--tone); font-weight: 600; }
.rwh-text { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.rwh-text code { margin-inline-start: 8px; color: var(--soft); }
.rwh-details { display: flex; flex-wrap: wrap; gap: 8px; align-items: start; padding: 8px 16px 12px; background: var(--sunken); }
.rwh-details pre { flex: 1 1 24ch; max-height: 260px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.rwh-more { padding: 8px 16px; }
.rwh-nothing { padding: 16px; color: var(--soft); }
@container rwh (max-width: 479px) {
  .rwh-event summary { grid-template-columns: 12ch 1ch auto; row-gap: 0; }
  .rwh-text { grid-column: 1 / -1; white-space: normal; overflow-wrap: anywhere; }
}
`;

const timeline = `
.rwh-timeline { padding: 8px 16px; border-bottom: 1px solid var(--line); }
.rwh-marks { position: relative; height: 28px; }
.rwh-marks span { position: absolute; bottom: 0; transform: translateX(-50%); }
.rwh-mark-attempt { width: 0; height: 0; border: 5px solid transparent; border-top: 8px solid var(--accent); border-bottom: 0; }
.rwh-mark-close { width: 3px; height: 14px; border-radius: 2px 2px 0 0; background: light-dark(#b01c1c, #ff938a); }
.rwh-mark-close b { position: absolute; bottom: 16px; left: -2px; color: light-dark(#b01c1c, #ff938a); font-size: 11px; font-weight: 650; line-height: 1; }
.rwh-mark-close .rwh-at-end { right: -2px; left: auto; }
.rwh-phases { position: relative; height: 26px; overflow: hidden; border-radius: 6px; background: var(--sunken); box-shadow: inset 0 0 0 1px var(--line); }
.rwh-phase { position: absolute; top: 0; bottom: 0; display: flex; align-items: center; min-width: 2px; overflow: hidden; border-inline-start: 1px solid var(--surface); container-type: inline-size; }
.rwh-phase span { padding-inline: 6px; overflow: hidden; text-overflow: ellipsis; font-size: 12px; font-weight: 600; white-space: nowrap; }
.rwh-phase-open { background: light-dark(#0b6a3b, #63d69d); color: light-dark(#ffffff, #10281c); }
.rwh-phase-failed { background: light-dark(#b01c1c, #ff938a); color: light-dark(#ffffff, #2b1516); }
.rwh-phase-connecting, .rwh-phase-attempting { background: light-dark(#1e4cc0, #94b1ff); color: light-dark(#ffffff, #17213d); }
.rwh-phase-idle, .rwh-phase-closed { background: light-dark(#e3e7ee, #262d3a); color: light-dark(#4b5667, #b0bac9); }
.rwh-phase-waiting, .rwh-phase-offline { background: repeating-linear-gradient(-45deg, light-dark(#fdf2df, #2c2110) 0 6px, light-dark(#f2d6a6, #5b4219) 6px 10px); color: light-dark(#6b3900, #ffd08a); }
.rwh-phase-waiting span, .rwh-phase-offline span { margin-inline: 4px; border-radius: 4px; background: light-dark(#fdf2df, #2c2110); }
@container (max-width: 75px) { .rwh-phase span { display: none; } }
.rwh-frames { display: block; width: 100%; height: 20px; fill: none; stroke-width: 2px; }
.rwh-frames path { vector-effect: non-scaling-stroke; }
.rwh-frames-sent { stroke: var(--accent); }
.rwh-frames-received { stroke: var(--soft); }
.rwh-axis { position: relative; height: 18px; border-top: 1px solid var(--line); color: var(--soft); font-size: 11px; line-height: 18px; font-variant-numeric: tabular-nums; }
.rwh-axis span { position: absolute; padding-inline-start: 4px; border-inline-start: 1px solid var(--strong); }
.rwh-axis .rwh-axis-now { right: 0; padding-inline: 0 4px; border-inline: 0 1px solid var(--strong); }
.rwh-legend { display: flex; flex-wrap: wrap; gap: 0 16px; color: var(--soft); font-size: 12px; }
.rwh-legend li { display: inline-flex; gap: 6px; align-items: center; }
.rwh-key-sent, .rwh-key-received { width: 2px; height: 10px; background: var(--accent); }
.rwh-key-received { background: var(--soft); }
.rwh-compact { padding: 0; border: 0; }
.rwh-compact .rwh-marks { height: 8px; }
.rwh-compact .rwh-mark-close { height: 8px; }
.rwh-compact .rwh-mark-attempt { border-width: 4px; border-top-width: 6px; }
.rwh-compact .rwh-phases { height: 8px; border-radius: 3px; }
.rwh-compact .rwh-phase span { display: none; }
.rwh-compact .rwh-frames { height: 12px; stroke-width: 1px; }
`;

/** The styles of the inspector. */
export const styles = base + inspector + timeline;
