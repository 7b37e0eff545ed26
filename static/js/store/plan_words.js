/** What plans say in the language of the screen. English is the key, as for all words, so an old translation never fits a new step. */
import { computed, effect } from "@preact/signals";

import { language, setPlanWords } from "../lib/text.js";
import { rowsOf } from "./view.js";

/** All plans' words together; where two plans differ on a short word, either is right. */
const words = computed(() => {
  const mine = rowsOf("words").filter(({ b }) => b.language === language());
  return new Map(mine.flatMap(({ b }) => Object.entries(b.texts)));
});

/** Keep the words at hand for whatever is drawn next. @returns {() => void} stops it */
export const keepPlanWords = () => effect(() => setPlanWords(words.value));
