/** Tasks of a unit as one bar: done, half signed, late, blocked, skipped, still to do. Words stand beside it. */
import { html } from "../components/html.js";

/** @param {{line: import("../lib/board_rules.js").UnitLine, fresh: boolean}} props what is not fresh is striped */
export function Strip({ line, fresh }) {
  const { total, done, half, blocked, skipped } = line;
  const late = Math.max(0, Math.min(line.late, total - done - half - blocked - skipped));
  const rest = Math.max(0, total - done - half - blocked - skipped - late);
  const parts = fresh ? { d: done, h: half, l: late, b: blocked, s: skipped, "": rest } : { v: done, "": total - done };
  return html`
    <div class="strip" aria-hidden="true">
      ${Object.entries(parts).filter(([, n]) => n > 0).map(([cls, n]) => html`<i key=${cls} class=${cls || null} style=${{ flexGrow: n }}></i>`)}
    </div>
  `;
}
