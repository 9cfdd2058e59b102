/**
 * The looks of the inspector, which brings them along: an application need not load a stylesheet for it. Colours
 * follow the `color-scheme` of where it stands.
 */
export const styles = `
.rwh-inspector {
  --ink: light-dark(#161b26, #e9edf4);
  --soft: light-dark(#545e6f, #9fabbd);
  --surface: light-dark(#ffffff, #161a23);
  --sunken: light-dark(#f4f6f9, #10141c);
  --line: light-dark(#dfe3ea, #2a303c);
  --strong: light-dark(#b9c1cd, #465062);
  --accent: light-dark(#2a55d4, #8cabff);
  container: inspector / inline-size;
  overflow: hidden;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--surface);
  color: var(--ink);
  font: 400 13px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
.rwh-inspector, .rwh-inspector * { box-sizing: border-box; }
.rwh-inspector :where(h2, h3, p, dl, dd, ol, pre) { margin: 0; padding: 0; font-size: inherit; }
.rwh-inspector :where(pre, time, .rwh-code) { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12px; }
.rwh-idle, .rwh-closed, .rwh-message, .rwh-sent, .rwh-queued, .rwh-heartbeat, .rwh-close { --tone: light-dark(#4b5667, #b0bac9); --tint: light-dark(#edf0f4, #1f2530); }
.rwh-connecting, .rwh-dial { --tone: light-dark(#1e4cc0, #94b1ff); --tint: light-dark(#e9effe, #17213d); }
.rwh-open { --tone: light-dark(#0b6a3b, #63d69d); --tint: light-dark(#e6f6ed, #10281c); }
.rwh-reconnecting, .rwh-retry, .rwh-dropped { --tone: light-dark(#854700, #f4b95f); --tint: light-dark(#fdf2df, #2c2110); }
.rwh-failed, .rwh-fail, .rwh-violation { --tone: light-dark(#b01c1c, #ff938a); --tint: light-dark(#fdecea, #2b1516); }
.rwh-head { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; padding: 12px 16px; border-bottom: 1px solid var(--line); background: var(--tint); }
.rwh-head h2 { font-weight: 650; overflow-wrap: anywhere; }
.rwh-badge { padding: 1px 10px; border-radius: 99px; background: var(--tone); color: var(--tint); font-weight: 650; }
.rwh-progress { flex: 1 1 12ch; color: var(--ink); font-variant-numeric: tabular-nums; }
.rwh-row { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
.rwh-inspector button, .rwh-inspector input { min-height: 30px; padding: 3px 12px; border: 1px solid var(--strong); border-radius: 8px; background: var(--surface); color: inherit; font: inherit; }
.rwh-inspector button { cursor: pointer; font-weight: 550; }
.rwh-inspector button:hover { border-color: var(--accent); }
.rwh-inspector button[aria-pressed='true'] { border-color: var(--accent); color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.rwh-inspector button:disabled { cursor: default; opacity: 0.55; }
.rwh-inspector :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.rwh-totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(14ch, 1fr)); gap: 1px; border-bottom: 1px solid var(--line); background: var(--line); }
.rwh-totals div { padding: 8px 16px; background: var(--surface); }
.rwh-totals dt { color: var(--soft); font-size: 12px; }
.rwh-totals dd { font-weight: 600; font-variant-numeric: tabular-nums; }
.rwh-totals dd small { color: var(--soft); font-size: 12px; font-weight: 400; }
.rwh-why { display: grid; gap: 2px; padding: 10px 16px; border-bottom: 1px solid var(--line); background: var(--tint); }
.rwh-why strong { color: var(--tone); }
.rwh-tools { justify-content: space-between; padding: 8px 16px; border-bottom: 1px solid var(--line); background: var(--sunken); }
.rwh-tools input { flex: 1 1 12ch; min-width: 0; }
.rwh-events { max-height: 360px; overflow: auto; list-style: none; }
.rwh-events li { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 30px; }
.rwh-events summary { display: grid; grid-template-columns: 12ch 10ch minmax(0, 1fr); gap: 10px; align-items: baseline; padding: 5px 16px; cursor: pointer; list-style: none; }
.rwh-events summary::-webkit-details-marker { display: none; }
.rwh-events summary:hover { background: var(--sunken); }
.rwh-events summary:focus-visible { outline-offset: -2px; }
.rwh-events time { color: var(--soft); }
.rwh-type { justify-self: start; padding: 0 8px; border-radius: 6px; background: var(--tint); color: var(--tone); font-weight: 600; }
.rwh-text { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.rwh-events pre { padding: 8px 16px 12px; overflow: auto; background: var(--sunken); white-space: pre-wrap; overflow-wrap: anywhere; }
.rwh-nothing { padding: 16px; color: var(--soft); }
@container inspector (width < 480px) {
  .rwh-events summary { grid-template-columns: 1fr auto; row-gap: 0; }
  .rwh-text { grid-column: 1 / -1; white-space: normal; }
}
`;
