/** Saving a moment after the last key: one request at a time, kept in this browser meanwhile, tried again without contact. */
import { signal } from "@preact/signals";

const AFTER_TYPING_MS = 700;
const AGAIN_MS = 5_000;
const DEADLINE_CODES = ["no_contact", "not_ours", "try_later"];

/**
 * @typedef {import("./state.js").Saving} Saving
 * @typedef {object} Edited  what is edited, and where it goes
 * @property {() => any} now  what stands there: another value when it was changed
 * @property {(sent: any) => Promise<any>} send  rejects with `{code, msg, status}`
 * @property {(answer: any) => void} took  the server has it
 * @property {() => Promise<boolean>} met  a colleague was faster: show both; false when theirs could not be read
 * @property {() => boolean} stopped  nothing is written now: somebody has to decide first
 * @property {(sent: boolean) => void} keep  remember it in this browser, or forget that
 */

/** @param {Edited} edited */
export function autosave(edited) {
  const saving = signal(/** @type {Saving} */ ("saved"));
  const msg = signal("");
  let timer = 0;
  let busy = false;

  const schedule = (ms = AFTER_TYPING_MS) => {
    clearTimeout(timer);
    timer = window.setTimeout(save, ms);
  };
  const isRefused = () => saving.value === "refused";
  /** It was changed: keep it, and save it soon. */
  const changed = () => {
    if (edited.stopped()) return;
    saving.value = "typing";
    edited.keep(true);
    schedule();
  };
  const failed = async (/** @type {{code: string, msg: string, status?: number}} */ error) => {
    if (error.code === "changed_meanwhile" && (await edited.met())) return void (saving.value = "conflict");
    if (error.code === "changed_meanwhile" || DEADLINE_CODES.includes(error.code)) {
      saving.value = "kept";
      return schedule(AGAIN_MS);
    }
    msg.value = error.msg;
    saving.value = error.status === 401 ? "sign_in" : "refused";
  };
  /** Save what stands there now; resolves when it is saved or cannot be. */
  async function save() {
    clearTimeout(timer);
    if (busy || edited.stopped()) return;
    busy = true;
    const sent = edited.now();
    saving.value = "saving";
    try {
      edited.took(await edited.send(sent));
      saving.value = "saved";
      if (edited.now() === sent) edited.keep(false);
      else changed();
    } catch (error) {
      await failed(/** @type {any} */ (error));
    } finally {
      busy = false;
      if (isRefused() && edited.now() !== sent) schedule();
    }
  }
  return { saving, msg, changed, save, schedule };
}
