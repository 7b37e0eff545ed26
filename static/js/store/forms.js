/** The downtime forms of this person's units: kept on the phone as soon as there is contact. */
import { computed, effect, signal } from "@preact/signals";

import { filesFor } from "../lib/form_rules.js";
import { keepForms } from "../live/forms.js";
import { contact } from "./state.js";
import { me, row, rowsOf } from "./view.js";

const SETTLE_MS = 1_500;

/** @type {import("@preact/signals").Signal<string[]>} the digests of the files that this phone holds */
export const heldForms = signal([]);

const wanted = computed(() => {
  const types = me.value.units.map((unit) => row("unit", unit)?.b.type).filter(Boolean);
  return filesFor(rowsOf("card"), rowsOf("document"), types).join(" ");
});

/** @returns {() => void} stops it */
export function followForms() {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const inContact = computed(() => ["live", "polling"].includes(contact.value.state));
  const stop = effect(() => {
    const list = wanted.value ? wanted.value.split(" ") : [];
    const isNew = list.some((digest) => !heldForms.peek().includes(digest));
    if (!me.value.id || (list.length > 0 && isNew && !inContact.value)) return recall(list);
    clearTimeout(timer);
    timer = setTimeout(() => void keepForms(list).then((held) => (heldForms.value = held), () => undefined), SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Without contact: what is here already. @param {string[]} list */
function recall(list) {
  const has = (/** @type {string} */ digest) => globalThis.caches?.match(`/forms/${digest}.pdf`).then((found) => (found ? [digest] : []), () => []);
  void Promise.all(list.map(has)).then((found) => (heldForms.value = found.flatMap((one) => one ?? [])));
}
