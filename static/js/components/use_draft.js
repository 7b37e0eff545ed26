/** A half-filled form that survives a locked phone, another screen and a restart. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import { drafts } from "../store/actions.js";

/**
 * @template T
 * @param {string} name @param {T} empty
 * @returns {[value: T, set: (value: T) => void, drop: () => void]}
 */
export function useDraft(name, empty) {
  const [value, show] = useState(empty);
  const touched = useRef(false);
  useEffect(() => {
    touched.current = false;
    show(empty);
    drafts.load(name).then((/** @type {T|undefined} */ kept) => kept !== undefined && !touched.current && show(kept), () => {});
  }, [name]);
  const set = useCallback((/** @type {T} */ next) => {
    touched.current = true;
    show(next);
    // A draft that cannot be stored is still on screen; what counts is the op.
    drafts.save(name, next).catch(() => {});
  }, [name]);
  const drop = useCallback(() => {
    touched.current = true;
    show(empty);
    drafts.drop(name).catch(() => {});
  }, [name]);
  return [value, set, drop];
}
