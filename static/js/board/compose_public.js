/** Who can read it, said before it is sent: what goes to everybody stands on the public pages too. */
import { html } from "../components/html.js";
import Note from "../components/note.js";
import { isForEverybody } from "../lib/compose_rules.js";
import { t } from "../lib/text.js";
import { session } from "../store/state.js";

/** @param {{draft: import("../lib/compose_rules.js").ComposeDraft, incident: any}} props incident: body */
export function ComposePublic({ draft, incident }) {
  if (!isForEverybody(draft)) return html`<${Note} icon="lock" tone="plain" lead=${t("Inside only.")}>${t("Only who is chosen can read it. The public pages show nothing of it.")}<//>`;
  return html`<${Note} icon="eye" tone="way" lead=${t("Goes to everybody, and is public.")}>${publicWords(incident)}<//>`;
}

/** @param {any} incident */
function publicWords(incident) {
  if (session.value?.site.public_updates === false) return t("Outside only its number and time are shown: this hospital keeps the words inside.");
  if (incident.kind === "exercise") return t("It also stands on the public status page and the wards’ pages, marked as an exercise.");
  return t("It also stands on the public status page, the wards’ pages and in the feeds. Names stay inside.");
}
