/* Part of /sw.js: shows pushes and takes answers to them. A push without a visible notification costs the phone its
   subscription, so showing comes first and nothing that fails after it may hide it. */

const RENEW_MS = 9_000;
const TAKEN = ["ok", "dup", "superseded"];
const SAID = {
  en: { news: "There is news. Open to read it.", done: "Acknowledged. It is on record.", saved: "Acknowledged on this phone. It is sent when there is contact.", refused: "Not accepted. Open to read why." },
  es: { news: "Hay novedades. Abra para leerlas.", done: "Confirmado. Consta en el registro.", saved: "Confirmado en este teléfono. Se envía cuando haya contacto.", refused: "No se aceptó. Abra para leer por qué." },
};

let lastShown = Promise.resolve();

async function hearPush(data) {
  const { title, options } = notificationOf(data);
  // Two that come at once would each look before the other stands.
  lastShown = lastShown.catch(() => undefined).then(() => showInTurn(title, options));
  await lastShown;
  await Promise.allSettled([countBadge(), noteArrival(options.data)]);
  for (const page of await appWindows()) page.postMessage({ type: "pushed" });
}

function notificationOf(data) {
  let sent = {};
  try {
    const body = data.json();
    if (body.web_push === 8030) sent = body.notification ?? {};
  } catch {
    // An unreadable push still says that there is news; the app shows which.
  }
  const { title = "Wardlight", body = SAID.en.news, navigate, lang, dir, tag, silent, actions } = sent;
  const pictures = { icon: "/static/icons/icon-192.png", badge: "/static/icons/badge-96.png" };
  const options = { body, ...pictures, data: { navigate, ...sent.data } };
  return { title, options: { ...options, ...given({ lang, dir, tag, silent, actions }), ...(tag && { renotify: !silent }) } };
}

function given(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The same news may come twice, as a sender that died cannot say what it has sent, and older news may come late: both
    make no sound, and what is newer stays. It is shown again then, because every push must show something. */
async function showInTurn(title, options) {
  const shown = options.tag ? await notificationsOf(options.tag) : [];
  const newer = shown.find((one) => one.data?.at > options.data.at);
  const again = options.data.news && shown.some((one) => one.data?.news === options.data.news);
  if (newer) return self.registration.showNotification(newer.title, { ...shownOptions(newer), ...QUIETLY });
  return self.registration.showNotification(title, again ? { ...options, ...QUIETLY } : options);
}

const QUIETLY = { silent: true, renotify: false };
/** @param {any} shown a Notification; the types of the library lack its actions and badge */
const shownOptions = ({ body, tag, lang, dir, icon, badge, data, actions }) => given({ body, tag, lang, dir, icon, badge, data, actions });

const notificationsOf = async (tag) => (await self.registration.getNotifications?.(tag ? { tag } : {}).catch(() => [])) ?? [];

/** How much waits on the lock screen. The app counts better as soon as it is open. */
async function countBadge() {
  await self.navigator.setAppBadge?.((await notificationsOf()).length || 1);
}

/** The fact that it is here, from the phone itself, under its owner's name. */
async function noteArrival({ user, news, broadcast }) {
  if (!user || !news) return;
  if (broadcast) await keepEntry(user, "broadcast.receive", { broadcast, read: false, path: "push" });
  else await keepEntry(user, "push.arrived", { news });
  tellPages(user);
  await handIn(user);
}

async function answerTap({ action, notification }) {
  notification.close();
  const { user, broadcast, navigate } = notification.data ?? {};
  const entry = action === "ack" && broadcast && (await isAtScreen(user)) && (await keepEntry(user, "broadcast.ack", { broadcast }).catch(() => null));
  if (!entry) return openApp(navigate);
  tellPages(user);
  const results = await handIn(user);
  await sayAnswered(notification, results.find(({ id }) => id === entry.id) ?? entry.result);
  return countBadge();
}

/** What became of the answer, in the place of what was asked. */
function sayAnswered({ title, tag, lang, data }, result) {
  const words = SAID[lang?.startsWith("es") ? "es" : "en"];
  const body = !result ? words.saved : TAKEN.includes(result.st) ? words.done : words.refused;
  const pictures = { icon: "/static/icons/icon-192.png", badge: "/static/icons/badge-96.png" };
  return self.registration.showNotification(title, { body, tag, lang, ...pictures, silent: true, data: { navigate: data.navigate, at: data.at } });
}

/** Open pages read the outbox again, and the one that talks talks. */
function tellPages(user) {
  const channel = new BroadcastChannel("wardlight");
  channel.postMessage({ kind: "ops", user });
  channel.postMessage({ kind: "wake" });
  channel.close();
}

/** The browser has replaced the subscription. Best effort: the app compares and renews at every start. */
async function renewSubscription({ oldSubscription, newSubscription }) {
  const key = oldSubscription?.options?.applicationServerKey;
  const fresh = newSubscription ?? (key && (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })));
  if (!fresh) return;
  const { endpoint, keys } = fresh.toJSON();
  const body = JSON.stringify({ endpoint, keys });
  await fetch("/api/push/subscriptions", { method: "POST", body, credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(RENEW_MS), headers: { "Content-Type": "application/json" } }).catch(() => undefined);
}
