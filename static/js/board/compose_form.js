/** The form of the next update: what to say, when the next word comes, to whom, how it will look. */
import { useEffect } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import TextField from "../components/text_field.js";
import { HEADLINE_MAX, missing, overtakenBy } from "../lib/compose_rules.js";
import { nextNo } from "../lib/incident_rules.js";
import { t } from "../lib/text.js";
import { me } from "../store/view.js";
import { change, draftOf, openDraft } from "./compose_draft.js";
import { ComposeMore } from "./compose_more.js";
import { ComposeNext } from "./compose_next.js";
import { ComposePreviews } from "./compose_previews.js";
import { ComposePublic } from "./compose_public.js";
import { ComposeReady } from "./compose_ready.js";
import { ComposeSend } from "./compose_send.js";
import { ComposeTo } from "./compose_to.js";
import { draftPromise } from "./send_update.js";

/** @typedef {import("../lib/compose_rules.js").Shown} Shown */
const LONG = 1000;
const LETTERS_A_LINE = 36;

/** @param {{incident: Shown, broadcasts: Shown[], heading?: string}} props broadcasts newest first */
export function ComposeForm({ incident, broadcasts, heading = "h2" }) {
  const standing = broadcasts[0]?.b ?? incident.b;
  useEffect(() => void openDraft(incident.id, standing), [incident.id]);
  const draft = draftOf(incident.id);
  if (!draft) return null;
  const no = nextNo(broadcasts);
  const at = draftPromise(draft);
  const set = (/** @type {any} */ patch) => change(incident.id, patch);
  return html`
    <section class="sheet compose" aria-labelledby="comp">
      <div class="sheet__head"><${heading} id="comp" class=${heading === "h1" ? "title" : null}>${t("Update {no}", { no })}<//><p>${t("draft, kept on this device")}</p></div>
      <div class="sheet__body">
        <${ComposeReady} set=${set} incident=${incident} no=${no} at=${at} />
        <${Words} draft=${draft} set=${set} />
        <${ComposeMore} draft=${draft} set=${set} broadcasts=${broadcasts} />
        <${ComposeNext} draft=${draft} set=${set} />
        <${ComposePreviews} draft=${draft} incident=${incident.b} no=${no} at=${at} />
        <${ComposeTo} draft=${draft} set=${set} incident=${incident} />
        <${ComposePublic} draft=${draft} incident=${incident.b} />
        <${ComposeSend} draft=${draft} incident=${incident} no=${no} standing=${standing} missing=${missing(draft, at)} overtaken=${overtakenBy(draft, broadcasts, me.value.id)} />
      </div>
    </section>
  `;
}

/** @param {{draft: import("../lib/compose_rules.js").ComposeDraft, set: (patch: any) => void}} props */
function Words({ draft, set }) {
  const length = draft.headline.trim().length;
  const over = length > HEADLINE_MAX;
  return html`
    <div class=${over ? "field field--wrong" : "field"}>
      <label for="hl">${t("Headline")} <small id="hl-count">${t("{n} of {m}", { n: length, m: HEADLINE_MAX })}</small></label>
      <textarea id="hl" rows="2" aria-describedby="hl-count" aria-invalid=${String(over)} value=${draft.headline} onInput=${(/** @type {any} */ event) => set({ headline: event.target.value })}></textarea>
      ${over && html`<p class="field__wrong"><${Icon} name="warn" size="s" />${t("{n} letters too many", { n: length - HEADLINE_MAX })}</p>`}
    </div>
    <${TextField} id="dn" label=${t("Do now")} warning=${t("one order a line, no patient names")} rows=${rowsFor(draft.do_now)} max=${LONG} value=${draft.do_now} onInput=${(/** @type {string} */ do_now) => set({ do_now })} />
    <${TextField} id="sw" label=${t("Still works")} warning=${t("one a line")} rows=${rowsFor(draft.works)} max=${LONG} value=${draft.works} onInput=${(/** @type {string} */ works) => set({ works })} />
  `;
}

/** All that is written stays in sight, up to a point. @param {string} text */
const rowsFor = (text) => Math.min(5, Math.max(2, text.split("\n").reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / LETTERS_A_LINE)), 0)));
