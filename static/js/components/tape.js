/** Exercise, in words and pattern, above everything; it marks the whole page as long as it is shown. */
import { useLayoutEffect } from "preact/hooks";

import { t } from "../lib/text.js";
import { atHand } from "../store/at_hand.js";
import { html } from "./html.js";

export default function Tape() {
  const isExercise = atHand.value?.b.kind === "exercise";
  useExerciseMark(isExercise);
  if (!isExercise) return null;
  const word = t("EXERCISE");
  return html`<aside class="tape" aria-label=${t("Exercise, not real.")}><span aria-hidden="true">${Array(4).fill(word).join(" · ")}</span></aside>`;
}

/** Marks the whole page, with the bar and the drawers that stand outside the screen's frame. @param {boolean} isExercise */
export function useExerciseMark(isExercise) {
  useLayoutEffect(() => {
    document.body.classList.toggle("is-exercise", isExercise);
    return () => document.body.classList.remove("is-exercise");
  }, [isExercise]);
}
