/** A sheet of paper comes back in: scan or type its code, then row by row what stands on it. */
import { useState } from "preact/hooks";

import CodeEye from "../components/code_eye.js";
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { roleTitle, unitName } from "../components/place.js";
import { typedCode } from "../lib/sheet_code.js";
import { label, t } from "../lib/text.js";
import { go } from "../store/actions.js";
import { cardsToChoose, knownSheets } from "../store/paper.js";
import { route } from "../store/state.js";
import { row } from "../store/view.js";
import PaperLog from "./paper_log.js";
import PaperSheet from "./paper_sheet.js";

/** @typedef {import("../lib/paper_rules.js").Sheet} Sheet */

export default function Paper() {
  const asked = route.value.params.code ?? "";
  const { code, fault } = typedCode(asked);
  const [chosen, choose] = useState(/** @type {Sheet|null} */ (null));
  const known = asked && !fault ? knownSheets(code) : [];
  const sheet = chosen ?? (known.length === 1 ? known[0] : null);
  return html`<${Frame}><main class="phone__main" id="main">
    ${sheet ? html`<${Opened} key=${code} sheet=${sheet} code=${fault ? "" : code} onOther=${() => (choose(null), go("/app/paper"))} />`
      : html`<h1 class="title">${t("Type a sheet back in")}</h1><${Ask} asked=${asked} /><${Choice} sheets=${known.length > 0 ? known : cardsToChoose()} same=${known.length > 1} onChoose=${choose} />`}
  </main><//>`;
}

/** @param {{sheet: Sheet, code: string, onOther: () => void}} props */
function Opened({ sheet, code, onOther }) {
  return html`<button type="button" class="btn btn--plain" onClick=${onOther}><${Icon} name="back" turns=${true} />${t("Another sheet")}</button>
    <h1 class="title">${titleOf(sheet)}</h1>
    ${sheet.old && html`<${Note} icon="info" lead=${t("Printed from an earlier version of the plan.")}>${t("The step codes are the same. Compare the words before you tap.")}<//>`}
    ${sheet.kind === "poster" ? html`<${Poster} unit=${sheet.unit} />` : sheet.kind === "log" ? html`<${PaperLog} sheet=${sheet} />` : html`<${PaperSheet} sheet=${sheet} code=${code} />`}`;
}

/** @param {Sheet} sheet */
function titleOf({ kind, unit, role }) {
  if (kind === "poster") return t("Poster, {unit}", { unit: unitName(unit) });
  return kind === "log" ? t("Downtime log, {unit}", { unit: unitName(unit) }) : t("{role}, {unit}", { role: roleTitle(role), unit: unitName(unit) });
}

/** Nothing of a poster is typed in; what its code on the wall would show is here. @param {{unit: string}} props */
const Poster = ({ unit }) => html`<${Note} icon="info" lead=${t("Nothing of a poster is typed in.")}>${t("It leads to what is to be done on the unit.")}<//>
  <a class="btn btn--main btn--wide" href=${`/app/card/${unit}`}><${Icon} name="card" />${t("The cards of {unit}", { unit: unitName(unit) })}</a>`;

/** @type {Record<string, () => string>} */
const FAULTS = {
  length: () => t("The code has six characters."),
  letters: () => t("The code has no 0, O, 1 or I. Look again: it may be 8, Q, 7 or J."),
  check: () => t("This is no code of a sheet. One character is wrong, or two changed places."),
};

/** @param {{asked: string}} props */
function Ask({ asked }) {
  const [typed, type] = useState(asked);
  const [wrong, say] = useState(asked ? typedCode(asked).fault : "");
  const open = (/** @type {string} */ text) => {
    const { code, fault } = typedCode(text);
    say(fault);
    if (!fault) go(`/app/paper/${code}`);
  };
  const submit = (/** @type {Event} */ event) => (event.preventDefault(), open(typed));
  const unknown = asked && !wrong && typed === asked;
  return html`<p>${t("Scan the code of the sheet, or type its six characters. It works without network.")}</p>
    <${CodeEye} onCode=${open} />
    <form class="sheet" onSubmit=${submit}><div class="sheet__body">
      <div class=${wrong ? "field field--wrong" : "field"}><label for="code">${t("Code of the sheet")}</label>
        <input class="input" id="code" autocomplete="off" autocapitalize="characters" spellcheck=${false} maxlength="40" aria-invalid=${wrong ? "true" : "false"} aria-describedby="code-wrong" value=${typed} onInput=${(/** @type {any} */ event) => type(event.target.value)} />
        <p class="field__wrong" id="code-wrong" role="status">${wrong && html`<${Icon} name="warn" size="s" />${FAULTS[wrong]()}`}</p></div>
      <button type="submit" class="btn btn--main btn--wide"><${Icon} name="card" />${t("Open the sheet")}</button>
    </div></form>
    ${unknown && html`<${Note} icon="info" role="status" lead=${t("The code is right, but this phone does not know it.")}>${t("It is of another unit, or of an older version. Choose the card below: the rows are the same.")}<//>`}`;
}

/** @param {{sheets: Sheet[], same: boolean, onChoose: (sheet: Sheet) => void}} props `same`: they share a code */
function Choice({ sheets, same, onChoose }) {
  if (sheets.length === 0) return html`<${Note} icon="info">${t("Nothing runs in your unit. A sheet is typed in when its incident is declared, or the unit has started its cards.")}<//><a class="btn btn--wide" href="/app/start"><${Icon} name="card" />${t("Start the cards")}</a>`;
  return html`<section class="sheet" aria-labelledby="choose"><div class="sheet__head"><h2 id="choose">${same ? t("Which of these is it?") : t("The code cannot be read?")}</h2></div>
    ${sheets.map((sheet) => html`<button type="button" class="pick" key=${JSON.stringify(sheet)} onClick=${() => onChoose(sheet)}><span class="pick__icon"><${Icon} name="card" /></span>
      <span><b>${titleOf(sheet)}</b><small>${label(row("plan", sheet.plan)?.b.title ?? sheet.plan)}</small></span><${Icon} name="chevron" turns=${true} /></button>`)}
  </section>`;
}
