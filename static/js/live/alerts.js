/** The browser's side of push: what it can, what the person allowed, and the subscription. */

/**
 * @typedef {"unsupported"|"needs_home_screen"|"ask"|"denied"|"granted"} Permission
 * @typedef {{endpoint: string, keys: {p256dh: string, auth: string}}} Subscription
 */

/** iPhones offer push to apps on the home screen only. @returns {Permission} */
export function permission() {
  if (!canPush()) return isIos() && !isOnHomeScreen() ? "needs_home_screen" : "unsupported";
  if (Notification.permission === "granted") return "granted";
  return Notification.permission === "denied" ? "denied" : "ask";
}

const browser = () => /** @type {any} */ (globalThis.navigator ?? {});
const canPush = () => "PushManager" in globalThis && "Notification" in globalThis && Boolean(browser().serviceWorker);
const isIos = () => /iPad|iPhone/.test(browser().userAgent ?? "") || (browser().platform === "MacIntel" && browser().maxTouchPoints > 1);
const isOnHomeScreen = () => browser().standalone === true || (typeof matchMedia === "function" && matchMedia("(display-mode: standalone)").matches);

/** Ask the person; call it from a tap only. @returns {Promise<Permission>} */
export async function askPermission() {
  await Notification.requestPermission();
  return permission();
}

/** The subscription of this browser with the server's present key; another key's is replaced. @param {string} vapid @returns {Promise<Subscription>} */
export async function subscription(vapid) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const known = await pushManager.getSubscription();
  if (known && sameKey(known.options?.applicationServerKey, vapid)) return asWire(known);
  await known?.unsubscribe();
  return asWire(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(vapid) }));
}

/** End it in the browser; the server is told elsewhere. */
export async function endSubscription() {
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
}

/** The number on the app's icon; 0 takes it away. @param {number} count */
export function setBadge(count) {
  const done = count > 0 ? browser().setAppBadge?.(count) : browser().clearAppBadge?.();
  done?.catch(() => {});
}

/** @param {PushSubscription} one @returns {Subscription} */
const asWire = (one) => {
  const { endpoint, keys } = /** @type {any} */ (one.toJSON());
  return { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } };
};

/** @param {ArrayBuffer|null|undefined} held @param {string} vapid */
export function sameKey(held, vapid) {
  if (!held) return false;
  const [one, other] = [new Uint8Array(held), bytesOf(vapid)];
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** @param {string} text base64url @returns {Uint8Array<ArrayBuffer>} */
export function bytesOf(text) {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
