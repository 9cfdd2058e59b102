/** The styles of the floating panel, beside those that it shares with the inspector. */
export const devtoolsStyles = `
.rwh-devtools { position: fixed; z-index: 99999; display: flex; max-width: calc(100vw - 24px); }
.rwh-at-bottom-right, .rwh-at-bottom-left { bottom: 12px; }
.rwh-at-top-right, .rwh-at-top-left { top: 12px; }
.rwh-at-bottom-right, .rwh-at-top-right { right: 12px; }
.rwh-at-bottom-left, .rwh-at-top-left { left: 12px; }
.rwh-root .rwh-open-panel { display: inline-flex; gap: 8px; align-items: center; min-height: 36px; padding: 6px 14px; border-radius: 99px; box-shadow: 0 2px 12px #0004; font-weight: 650; font-variant-numeric: tabular-nums; }
.rwh-dots { display: inline-flex; gap: 4px; }
.rwh-dot { display: inline-block; flex: none; width: 9px; height: 9px; border-radius: 50%; background: var(--tone); }
.rwh-panel { container: rwh / inline-size; position: relative; display: flex; flex-direction: column; width: 1040px; max-width: 100%; max-height: calc(100vh - 24px); overflow: hidden; border: 1px solid var(--strong); border-radius: 12px; background: var(--surface); box-shadow: 0 8px 40px #0006; }
.rwh-resize { position: absolute; z-index: 1; inset: 0 0 auto; height: 7px; cursor: ns-resize; touch-action: none; }
.rwh-resize-bottom { inset: auto 0 0; }
.rwh-resize:hover { background: var(--accent-tint); }
.rwh-root .rwh-resize:focus-visible { outline-offset: -2px; }
.rwh-bar { display: flex; flex: none; gap: 10px; align-items: center; padding: 8px 8px 8px 16px; border-bottom: 1px solid var(--line); background: var(--sunken); }
.rwh-bar h2 { font-weight: 650; line-height: inherit; }
.rwh-summary { flex: 1; color: var(--soft); white-space: nowrap; }
.rwh-root .rwh-close-panel { padding: 3px 10px; }
.rwh-columns { display: grid; flex: 1; grid-template-columns: minmax(0, 280px) minmax(0, 1fr); min-height: 0; }
.rwh-connections { overflow: auto; border-inline-end: 1px solid var(--line); background: var(--sunken); }
.rwh-connection { padding: 4px 6px 6px; border-bottom: 1px solid var(--line); }
.rwh-root .rwh-connection button { display: grid; gap: 2px; width: 100%; padding: 4px 8px; border-color: transparent; background: transparent; text-align: start; }
.rwh-connection .rwh-timeline { padding-inline: 8px; }
.rwh-connection.rwh-current { background: var(--accent-tint); }
.rwh-name { display: flex; gap: 8px; align-items: baseline; overflow-wrap: anywhere; }
.rwh-facts { display: flex; flex-wrap: wrap; gap: 2px 10px; padding-inline-start: 17px; color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
.rwh-facts b { color: var(--tone); font-weight: 600; }
.rwh-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.rwh-selected { min-width: 0; overflow: auto; }
.rwh-selected .rwh-events { max-height: none; overflow: visible; }
.rwh-selected .rwh-head { padding-block: 8px; }
.rwh-selected .rwh-reason { display: flex; flex-wrap: wrap; gap: 0 16px; padding-block: 6px; }
.rwh-selected .rwh-totals { display: flex; flex-wrap: wrap; gap: 2px 20px; padding: 6px 16px; background: none; }
.rwh-selected .rwh-totals div { display: flex; gap: 6px; align-items: baseline; padding: 0; }
.rwh-selected .rwh-totals dt { font-size: inherit; }
.rwh-selected .rwh-tools { position: sticky; z-index: 1; top: 0; }
.rwh-selected .rwh-tools button, .rwh-selected .rwh-simulation button { padding-inline: 10px; }
.rwh-simulation { padding: 8px 16px; border-bottom: 1px solid var(--line); }
.rwh-label { color: var(--soft); }
@container rwh (max-width: 699px) {
  .rwh-columns { grid-template: minmax(0, auto) minmax(0, 1fr) / minmax(0, 1fr); }
  .rwh-connections { max-height: 140px; border-inline-end: 0; border-bottom: 1px solid var(--line); }
  .rwh-root .rwh-bar select { padding-inline: 6px; }
}
`;
