/** The sums of one update, which of them, and the runner for the units that are missing. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { replacedShort } from "../components/relation_words.js";
import { uuid7 } from "../lib/ids.js";
import { reachTotals } from "../lib/reach_rules.js";
import { t } from "../lib/text.js";
import { askServer, go, say } from "../store/actions.js";
import { may, rowsOf } from "../store/view.js";
import { refusalWords } from "./words.js";

const THREE = { gridTemplateColumns: "repeat(3, minmax(0, 1fr))" };
const SHOWN = 6;

/** @param {{shown: any, updates: import("./board_types.js").Shown[]}} props */
export function ReachSums({ shown: { update: { id, b }, lines }, updates }) {
  const sum = reachTotals(lines);
  const route = rowsOf("runner_route").find((one) => one.b.broadcast === id && one.b.state === "open");
  return html`<section class="sheet" aria-labelledby="sums">
    <div class="sheet__head"><h1 class="large" id="sums">${t("Update {no}: {n} of {m} units", { no: b.no, n: sum.reached, m: sum.units })}</h1><p>${b.superseded_by ? replacedShort(b.superseded_by) : t("current")}</p></div>
    <div class="sheet__body">
      <p>${b.headline}</p>
      <ul class="ladder" style=${THREE}>
        <${Sum} n=${sum.received} words=${t("of {n} received", { n: sum.targeted })} />
        <${Sum} n=${sum.read} words=${t("read")} />
        <${Sum} n=${sum.acked} words=${sum.late ? t("acknowledged, {n} late", { n: sum.late }) : t("acknowledged")} />
      </ul>
      <nav class="row" aria-label=${t("Updates")}>${updates.slice(0, SHOWN).map((one) => html`<a key=${one.id} class="btn" href=${`/app/reach/${one.id}`} aria-current=${one.id === id ? "page" : null}><span class="sr">${t("Update")} </span>${one.b.no}</a>`)}</nav>
      ${route && html`<a class="btn btn--wide" href=${`/app/runner/${route.id}`}><${Icon} name="runner" />${t("A runner is on the way")}</a>`}
      ${!route && b.state === "current" && sum.missing.length > 0 && may("runner.send") && html`<button type="button" class="btn btn--wide" onClick=${() => sendRunner(id)}><${Icon} name="runner" />${t("Send a runner to {n} units", { n: sum.missing.length })}</button>`}
    </div>
  </section>`;
}

/** @param {{n: number, words: string}} props */
const Sum = ({ n, words }) => html`<li><b>${n}</b><span>${words}</span></li>`;

/** @param {string} broadcast */
async function sendRunner(broadcast) {
  const route = uuid7();
  try {
    const result = await askServer("runner.send", { route, broadcast, units: null });
    if (result.st === "ok") go(`/app/runner/${route}`);
    else say(result.msg ?? "");
  } catch (error) {
    say(refusalWords(error));
  }
}
