/** Units by what they have done and heard: one row a unit, trouble first. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { FILTERS } from "../lib/board_rules.js";
import { t } from "../lib/text.js";
import { Figures } from "./figures.js";
import { MatrixRow } from "./matrix_row.js";
import { REACHED_LOOK, reachedWords } from "./words.js";

const OLDER_SHOWN = 2;
/** A few rows do not stretch over the whole sheet. */
const SHORT = { flex: "none" };
const REST = { flex: 1 };
const LEGEND = /** @type {Array<import("../lib/board_rules.js").Reached>} */ (["acked", "partly", "read", "received", "none"]);

/** @param {{board: import("./board_types.js").BoardFacts}} props */
export function Matrix({ board }) {
  const [filter, setFilter] = useState("all");
  const shown = board.lines.filter(FILTERS[filter]);
  const newest = board.broadcasts[0]?.b.no ?? null;
  const older = board.broadcasts.slice(1, 1 + OLDER_SHOWN).map(({ b }) => b.no).reverse();
  return html`
    <section class="sheet units" aria-labelledby="units">
      <${Figures} board=${board} filter=${filter} onFilter=${setFilter} />
      <h2 class="sr" id="units">${t("Units, trouble first")}</h2>
      <table class="matrix" style=${filter === "all" ? null : SHORT} aria-labelledby="units">
        <${Head} older=${older} newest=${newest} />
        <tbody>${shown.map((line) => html`<${MatrixRow} key=${line.id} line=${line} older=${older} newest=${newest} fresh=${board.fresh} />`)}</tbody>
      </table>
      ${filter !== "all" && html`<div style=${REST}></div>`}
      <${Legend} shown=${shown.length} all=${board.lines.length} onAll=${() => setFilter("all")} />
    </section>
  `;
}

/** @param {{older: number[], newest: number|null}} props */
function Head({ older, newest }) {
  return html`
    <colgroup><col class="w-unit" /><col /><col class="w-few" /><col class="w-few" /><col class="w-heard" />${older.map((no) => html`<col key=${no} class="w-ack" />`)}<col class="w-last" /></colgroup>
    <thead><tr>
      <th scope="col">${t("Unit")}</th><th scope="col">${t("Tasks")}</th><th scope="col">${t("Late")}</th><th scope="col">${t("Help")}</th><th scope="col">${t("Last heard")}</th>
      ${older.map((no) => html`<th key=${no} scope="col" class="c" aria-label=${t("Update {no}", { no })}>${no}</th>`)}
      <th scope="col">${newest === null ? t("No update yet") : t("Update {no}", { no: newest })}</th>
    </tr></thead>
  `;
}

/** @param {{shown: number, all: number, onAll: () => void}} props */
function Legend({ shown, all, onAll }) {
  return html`
    <div class="legend">
      ${LEGEND.map((reached) => html`<span key=${reached}><${Icon} name=${REACHED_LOOK[reached].icon} size="xs" />${reachedWords(reached).toLowerCase()}</span>`)}
      <span class="legend__end" role="status">${shown === all ? t("trouble first, then by name") : t("{n} of {m} units shown", { n: shown, m: all })}</span>
      ${shown !== all && html`<button type="button" class="btn btn--plain" onClick=${onAll}>${t("Show all")}</button>`}
    </div>
  `;
}
