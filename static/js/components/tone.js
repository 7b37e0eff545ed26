/** How fresh the screen is now: a signal that moves when the word for it does, not with every move of the clock. */
import { computed } from "@preact/signals";

import { contact, now } from "../store/state.js";
import { toneOf } from "./contact_words.js";

export const tone = computed(() => toneOf(contact.value, now.value));
