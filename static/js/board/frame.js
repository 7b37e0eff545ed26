/** The outer frame of a leader's screen: a phone, or a desk as wide as the window. An exercise shows above and below. */
import { useLayoutEffect, useRef } from "preact/hooks";

import { html } from "../components/html.js";
import { useExerciseMark } from "../components/tape.js";
import { t } from "../lib/text.js";

/** Enough for the widest screen; what is too much is cut. */
const WORDS = 40;
const FILL = { inlineSize: "100%", gridTemplateColumns: "minmax(0, 1fr)" };

/** @param {{kind?: "phone"|"desk", exercise?: boolean, children?: any}} props */
export function Frame({ kind = "phone", exercise = false, children }) {
  const frame = useRef(/** @type {HTMLElement|null} */ (null));
  useExerciseMark(exercise);
  useLayoutEffect(() => (kind === "desk" ? leavePhoneWidth(frame.current) : undefined), [kind]);
  return html`
    <div ref=${frame} class=${exercise ? `${kind} is-exercise` : kind} style=${{ ...FILL, gridTemplateRows: exercise ? "auto auto minmax(0, 1fr) auto" : "auto minmax(0, 1fr)" }}>
      ${exercise && html`<${ExerciseTape} />`}
      ${children}
    </div>
  `;
}

/** Words and pattern of an exercise. @param {{foot?: boolean}} props */
export function ExerciseTape({ foot = false }) {
  const words = html`<span aria-hidden="true">${Array(WORDS).fill(t("EXERCISE")).join(" · ")}</span>`;
  return foot ? html`<p class="tape tape--foot">${words}</p>` : html`<section class="tape" aria-label=${t("Exercise, not real.")}>${words}</section>`;
}

/** What stands around the app is as narrow as a phone; a desk is not. @param {HTMLElement|null} frame @returns {() => void} */
function leavePhoneWidth(frame) {
  /** @type {Element[]} */
  const narrow = [];
  for (let around = frame?.parentElement; around; around = around.parentElement) {
    if (around.classList.contains("phone")) narrow.push(around);
  }
  narrow.forEach(({ classList }) => classList.add("is-wide"));
  return () => narrow.forEach(({ classList }) => classList.remove("is-wide"));
}
