/** The sums above the table. Each of trouble is a button that leaves only its units. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { totals } from "../lib/board_rules.js";
import { t } from "../lib/text.js";

/** @param {{board: import("./board_types.js").BoardFacts, filter: string, onFilter: (filter: string) => void}} props */
export function Figures({ board, filter, onFilter }) {
  const sum = totals(board.lines);
  const no = board.broadcasts[0]?.b.no;
  const one = (/** @type {string} */ name, /** @type {any} */ rest) => html`<${Figure} name=${name} filter=${filter} onFilter=${onFilter} ...${rest} />`;
  return html`
    <div class="figures" role="group" aria-label=${t("Show only these units")}>
      ${no ? one("unreached", { n: sum.reached, lines: [t("of {n} units", { n: sum.asked }), t("reached")] }) : one("away", { n: sum.inContact, lines: [t("of {n} units", { n: sum.units }), t("in contact")] })}
      ${one("unacked", { n: sum.acked, lines: no ? [t("of {n} acknowledged", { n: sum.asked }), t("update {no}", { no })] : [t("acknowledged"), t("no update yet")] })}
      ${one("silent", { cls: "f-silent", icon: "alone", n: sum.silent.length, lines: [t("silent"), sum.silent.length > 2 ? t("units") : sum.silent.join(", ")] })}
      ${one("late", { cls: sum.late ? "f-late" : "", icon: "late", n: sum.late, lines: [t("tasks late"), t("{n} safety", { n: sum.safetyLate })] })}
      ${one("help", { cls: sum.asks ? "f-help" : "", icon: "hand", n: sum.asks, lines: [t("ask for help"), sum.waiting === 1 ? t("1 waits") : t("{n} wait", { n: sum.waiting })] })}
    </div>
  `;
}

/** @param {{name: string, filter: string, onFilter: (filter: string) => void, cls?: string, icon?: string, n: number, lines: string[]}} props */
function Figure({ name, filter, onFilter, cls, icon, n, lines }) {
  const pressed = filter === name;
  const look = { minBlockSize: "var(--target)", textDecoration: pressed ? "underline" : "none" };
  return html`
    <p class=${cls || null}>
      <b id=${`sum-${name}`}>${n}</b>
      <button type="button" style=${look} aria-pressed=${String(pressed)} aria-describedby=${`sum-${name}`} onClick=${() => onFilter(pressed ? "all" : name)}>
        ${icon && html`<${Icon} name=${icon} size="s" />`}${lines[0]}<br />${lines[1]}
      </button>
    </p>
  `;
}
