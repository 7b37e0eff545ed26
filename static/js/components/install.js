/** Whether the app can be put on the home screen, and how. The browser says so once, early: keep its offer. */
import { signal } from "@preact/signals";

/** @type {import("@preact/signals").Signal<any>} the browser's offer, while it stands */
export const offer = signal(null);

/** @type {import("@preact/signals").Signal<boolean>} */
export const installed = signal(false);

if (typeof window !== "undefined") {
  installed.value = matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone === true;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.value = event;
  });
  addEventListener("appinstalled", () => {
    installed.value = true;
    offer.value = null;
  });
}

export async function install() {
  const standing = offer.value;
  offer.value = null;
  await standing?.prompt();
}
