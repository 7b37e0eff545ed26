/** Runs beside the app, shares nothing with it, and offers a way out when the app does not start. */

const PATIENCE_MS = 8_000;

const hook = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-boot-${name}]`));

if (navigator.language.toLowerCase().startsWith("es")) {
  for (const element of document.querySelectorAll("[data-es]")) {
    element.textContent = /** @type {HTMLElement} */ (element).dataset.es ?? "";
  }
}
hook("reload")?.addEventListener("click", reload);
hook("export")?.addEventListener("click", exportUnsent);
setTimeout(() => {
  const stuck = hook("stuck");
  if (stuck) stuck.hidden = false;
}, PATIENCE_MS);

/** The worker first looks for holes in what it keeps: a missing file is the likeliest reason to be here. */
function reload() {
  navigator.serviceWorker?.controller?.postMessage({ type: "start" });
  window.location.reload();
}

async function exportUnsent() {
  const entries = [...(await opsInDatabases()), ...opsInEmergencyRecords()];
  const status = hook("status");
  if (status) status.textContent = String(entries.length);
  const file = new Blob([JSON.stringify({ wardlight: "unsent-entries", entries }, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "wardlight-unsent-entries.json";
  link.click();
}

/** Ops of every person on this device. Only ops: the tokens beside them must not leave in a file. */
async function opsInDatabases() {
  const known = (await indexedDB.databases?.()) ?? [];
  const names = known.map(({ name }) => name ?? "").filter((name) => name.includes("outbox"));
  const found = await Promise.all(names.map(opsIn));
  return found.flat();
}

function opsInEmergencyRecords() {
  const texts = Object.keys(localStorage).filter((key) => key.startsWith("wardlight")).map((key) => localStorage.getItem(key));
  return texts.flatMap((text) => {
    try {
      const value = JSON.parse(text ?? "null");
      return (Array.isArray(value) ? value : [value]).filter(isOp);
    } catch {
      return [];
    }
  });
}

/** @param {any} value */
function isOp(value) {
  return Boolean(value?.id && value.kind && value.args);
}

/**
 * @param {string} name
 * @returns {Promise<unknown[]>}
 */
async function opsIn(name) {
  const database = await answered(indexedDB.open(name));
  const stores = [...database.objectStoreNames];
  if (!stores.length) return [];
  const transaction = database.transaction(stores, "readonly");
  const rows = await Promise.all(stores.map((store) => answered(transaction.objectStore(store).getAll())));
  database.close();
  return rows.flat().filter(isOp);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
