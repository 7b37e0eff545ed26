/** What the check says about a place: faults that keep the plan out, and advice. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { FAULT } from "./finding_words.js";

/** @param {{found: import("./state.js").Finding[], id?: string}} props */
export default function Found({ found, id }) {
  if (found.length === 0) return null;
  return html`<ul class="findings" id=${id}>${found.map(({ rule, msg }) => html`<li key=${rule + msg} class=${rule === FAULT ? "field__wrong" : "finding"}><${Icon} name=${rule === FAULT ? "warn" : "info"} size="s" /><span>${msg}</span></li>`)}</ul>`;
}
