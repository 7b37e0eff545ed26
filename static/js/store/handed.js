/** What the person at the screen has handed over to other phones, kept in their outbox. */

import { parts } from "./parts.js";
import { handed } from "./state.js";

const DRAFT = "handed";

/** Read it again from the outbox of the person who is here. */
export async function recallHanded() {
  handed.value = (await parts.outbox?.loadDraft(DRAFT).catch(() => [])) ?? [];
}

/** @param {import("../lib/handed.js").Handed[]} list */
export async function keepHanded(list) {
  handed.value = list;
  await parts.outbox?.saveDraft(DRAFT, list);
  parts.channel.post({ kind: "handed", user: parts.outbox?.user });
}
