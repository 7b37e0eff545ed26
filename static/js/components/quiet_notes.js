/** Notes of screens that come later, to be shown while nothing is down: what is fetched last must not wait for a visit. */
import { signal } from "@preact/signals";

export const quietNotes = signal(/** @type {Array<import("preact").ComponentType>} */ ([]));
