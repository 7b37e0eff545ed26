/** Step 3: who gets cards. All units of the plan, or chosen ones. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { chosenUnits, groupUnits, toggled, toggledGroup } from "../lib/declare_rules.js";
import { label, t } from "../lib/text.js";
import { units } from "../store/view.js";
import RadioRow from "../components/radio_row.js";
import { change } from "./declare_draft.js";
import { Pick } from "./pick.js";
import { GROUP_ICONS, groupWords } from "./words.js";

/** @typedef {import("../lib/declare_rules.js").Shown} Shown */

/** @param {{draft: import("../lib/declare_rules.js").DeclareDraft, plan: Shown, steps: any}} props */
export function DeclareUnits({ draft, plan, steps }) {
  const named = plan.b.units ?? [];
  const chosen = chosenUnits(draft, plan);
  const ways = [{ value: "all", words: t("All {n} in the plan", { n: named.length }) }, { value: "choose", words: t("Choose") }];
  const choose = (/** @type {string} */ way) => change({ units: way === "all" ? null : [...chosen] });
  const List = draft.units === null ? GroupList : UnitList;
  const go = chosen.length === 1 ? t("1 unit gets cards") : t("{n} units get cards", { n: chosen.length });
  return html`
    <main class="phone__main" id="main">
      ${steps}
      <h1 class="title">${t("Who gets cards?")}</h1>
      <${RadioRow} label=${t("Units")} choices=${ways} value=${draft.units === null ? "all" : "choose"} onChange=${choose} />
      <${List} named=${named} chosen=${chosen} />
      ${chosen.length === 0 && html`<p class="note note--late"><${Icon} name="warn" /><span><b>${t("No unit is chosen.")}</b>${t("Nobody gets a card. Choose at least one unit.")}</span></p>`}
    </main>
    <section class="dock" aria-label=${t("Next")}>
      ${chosen.length > 0 && html`<a class="btn btn--main btn--wide" href="/app/declare?step=4">${go}<${Icon} name="chevron" turns=${true} /></a>`}
      ${chosen.length === 0 && html`<p>${t("Choose at least one unit.")}</p>`}
    </section>
  `;
}

/** @param {{named: string[], chosen: string[]}} props */
function GroupList({ named, chosen }) {
  const groups = groupUnits(units.value.filter((unit) => named.includes(unit.id)));
  return html`
    <div class="sheet" role="group" aria-label=${t("Units")}>
      ${groups.map((group) => {
        const ids = group.units.map((unit) => unit.id);
        const flip = () => change({ units: toggledGroup(chosen, ids) });
        return html`<${Pick} key=${group.key} icon=${GROUP_ICONS[group.key]} title=${groupWords(group.key)} hint=${group.units.map((unit) => label(unit.b.name)).join(", ")} checked=${ids.every((id) => chosen.includes(id))} onToggle=${flip} />`;
      })}
    </div>
  `;
}

/** @param {{named: string[], chosen: string[]}} props */
function UnitList({ named, chosen }) {
  const hint = (/** @type {string} */ id) => (named.includes(id) ? "" : t("not in the plan"));
  return html`
    <div class="sheet" role="group" aria-label=${t("Units")}>
      ${units.value.map((unit) => html`
        <${Pick} key=${unit.id} icon="unit" title=${label(unit.b.name)} hint=${hint(unit.id)} checked=${chosen.includes(unit.id)} onToggle=${() => change({ units: toggled(chosen, unit.id) })} />
      `)}
    </div>
  `;
}
