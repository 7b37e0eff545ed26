/** Units on a phone: the sums, then one card a unit, trouble first. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { FILTERS, totals } from "../lib/board_rules.js";
import { t } from "../lib/text.js";
import RadioRow from "../components/radio_row.js";
import { UnitCard } from "./unit_card.js";

/** Two lines of three sums. */
const THREE = { gridTemplateColumns: "repeat(3, minmax(0, 1fr))" };
const FIRST = { borderInlineStart: 0, paddingInlineStart: 0 };

/** @param {{board: import("./board_types.js").BoardFacts}} props */
export function PhoneUnits({ board }) {
  const troubled = board.lines.filter(FILTERS.trouble);
  const [filter, setFilter] = useState("trouble");
  const shown = filter === "trouble" ? troubled : board.lines;
  const ways = [{ value: "trouble", words: t("Trouble, {n}", { n: troubled.length }) }, { value: "all", words: t("All {n}", { n: board.lines.length }) }];
  return html`
    <section class="sheet" aria-labelledby="units">
      <div class="sheet__head"><h2 id="units">${t("Units")}</h2><p>${t("trouble first, then by name")}</p></div>
      <div class="sheet__body">
        <${Sums} board=${board} />
        <${RadioRow} label=${t("Which units")} choices=${ways} value=${filter} onChange=${setFilter} />
      </div>
      <ul>${shown.map((line) => html`<${UnitCard} key=${line.id} line=${line} broadcasts=${board.broadcasts} fresh=${board.fresh} />`)}</ul>
      ${shown.length === 0 && html`<p class="empty"><${Icon} name="check" /><span><b>${t("No unit is in trouble")}</b>${t("All are heard, have answered and are in time.")}</span></p>`}
    </section>
  `;
}

/** @param {{board: import("./board_types.js").BoardFacts}} props */
function Sums({ board }) {
  const sum = totals(board.lines);
  const no = board.broadcasts[0]?.b.no;
  return html`
    <ul class="ladder" style=${THREE}>
      ${no ? html`<${Sum} n=${sum.reached} words=${t("of {n} reached", { n: sum.asked })} />` : html`<${Sum} n=${sum.inContact} words=${t("of {n} in contact", { n: sum.units })} />`}
      <${Sum} n=${sum.acked} words=${no ? t("of {n} have {no}", { n: sum.asked, no: t("update {no}", { no }) }) : t("no update yet")} />
      <${Sum} n=${sum.silent.length} icon="alone" words=${t("silent")} />
      <${Sum} first=${true} n=${sum.late} icon="late" cls=${sum.late ? "m-num--late" : null} words=${t("late, {n} safety", { n: sum.safetyLate })} />
      <${Sum} n=${sum.asks} icon="hand" cls=${sum.asks ? "m-num--help" : null} words=${t("ask, {n} wait", { n: sum.waiting })} />
      <${Sum} n=${sum.done} words=${t("of {n} done", { n: sum.total })} />
    </ul>
  `;
}

/** @param {{n: any, words: string, icon?: string, cls?: string|null, first?: boolean}} props first: of the second line */
const Sum = ({ n, words, icon, cls, first }) => html`<li style=${first ? FIRST : null}><b class=${cls}>${n}</b><span>${icon && html`<${Icon} name=${icon} size="s" />`}${words}</span></li>`;
