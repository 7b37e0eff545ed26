/** The tick box. Green means on record and nothing else; what is saved on this phone only is striped. */
import { t } from "../lib/text.js";
import { isSavedHere } from "../phone/task_state.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @type {Record<string, [variant: string, glyph: string, words: () => string]>} */
const LOOK = {
  done: ["box--record", "check", () => t("done. Open")],
  skipped: ["box--skipped", "skip", () => t("skipped. Open")],
  blocked: ["box--blocked", "blocked", () => t("needs help. Open")],
  half: ["box--half", "1/2", () => t("1/2, one of two signed. Open")],
  late: ["box--late", "", () => t("late. Tick")],
  next: ["box--next", "", () => t("next. Tick")],
  held: ["box--held", "", () => t("not asked for yet. Open")],
  open: ["", "", () => t("Tick")],
};

/** @param {{task: import("../lib/types.js").ViewRow, shape: string, onClick: () => void}} props */
export default function TaskBox({ task, shape, onClick }) {
  const [variant, glyph, words] = LOOK[shape] ?? LOOK.open;
  const saved = isSavedHere(task);
  const name = `${task.b.code ?? ""} ${saved ? t("saved on this phone,") : ""} ${words()}`.replace(/\s+/g, " ").trim();
  return html`<button type="button" class=${`box ${saved ? "box--saved" : variant}`.trim()} aria-label=${name} onClick=${onClick}>
    <span class="box__in" aria-hidden="true">${glyph === "1/2" ? glyph : glyph && html`<${Icon} name=${glyph} />`}</span>
  </button>`;
}
