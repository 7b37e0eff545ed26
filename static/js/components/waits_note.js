/** Why a step is locked: what must be done first, and where. */
import { label, t } from "../lib/text.js";
import { html } from "./html.js";
import Note from "./note.js";
import { inSentence, roleTitle, unitShort } from "./place.js";

/** @param {{waits: import("../lib/gate_rules.js").Lock[]}} props */
export default function WaitsNote({ waits }) {
  const [first] = waits;
  const where = first.unit ? unitShort(first.unit) : inSentence(roleTitle(first.role));
  return html`<${Note} icon="lock" lead=${t("Waits for: {where} {code}", { where, code: first.code })}>${label(first.title)}${waits.length > 1 && ` ${t("and {n} more", { n: waits.length - 1 })}`}<//>`;
}
