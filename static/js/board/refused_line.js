/** Why the server did not do it, or that it could not be asked. */
import { html } from "../components/html.js";
import Note from "../components/note.js";
import { t } from "../lib/text.js";
import { refused } from "./planned_ask.js";

/** @param {{kind: string, incident: string}} props */
export function RefusedLine({ kind, incident }) {
  const mine = refused.value?.kind === kind && refused.value.incident === incident ? refused.value : null;
  return html`<div role="status">${mine && html`<${Note} icon="refused" tone="late" lead=${t("Nothing has changed.")}>${mine.words}<//>`}</div>`;
}
