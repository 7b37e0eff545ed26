/** Runs beside the app, shares nothing with it, and offers a way out when the app does not start. */

const PATIENCE_MS = 8_000;
const FILE_NAME = "wardlight-unsent-entries.json";

const hook = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-boot-${name}]`));

if (navigator.language.toLowerCase().startsWith("es")) {
  for (const element of document.querySelectorAll("[data-es]")) {
    element.textContent = /** @type {HTMLElement} */ (element).dataset.es ?? "";
  }
}
hook("reload")?.addEventListener("click", reload);
hook("export")?.addEventListener("click", exportUnsent);
setTimeout(() => {
  const [opening, stuck] = [hook("text"), hook("stuck")];
  if (opening) opening.hidden = true;
  if (stuck) stuck.hidden = false;
}, PATIENCE_MS);

/** The worker first looks for holes in what it keeps: a missing file is the likeliest reason to be here. */
function reload() {
  navigator.serviceWorker?.controller?.postMessage({ type: "start" });
  window.location.reload();
}

async function exportUnsent() {
  const entries = [...(await opsInDatabases()), ...opsInEmergencyRecord()];
  const file = new Blob([JSON.stringify({ wardlight: "unsent-entries", entries }, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = FILE_NAME;
  link.click();
  const status = hook("status");
  if (status) status.textContent = `${FILE_NAME}: ${entries.length}`;
}

/** Ops of every person on this device. Only ops: the tokens beside them must not leave in a file. */
async function opsInDatabases() {
  const known = (await indexedDB.databases?.()) ?? [];
  const names = known.map(({ name }) => name ?? "").filter((name) => name.startsWith("wardlight-outbox-"));
  const found = await Promise.all(names.map(opsIn));
  return found.flat();
}

/** What was recorded while the database was lost. */
function opsInEmergencyRecord() {
  try {
    return JSON.parse(localStorage.getItem("wardlight-emergency") ?? "[]");
  } catch {
    return [];
  }
}

/**
 * @param {string} name
 * @returns {Promise<Array<{user: string, op: unknown}>>}
 */
async function opsIn(name) {
  const database = await answered(indexedDB.open(name));
  if (!database.objectStoreNames.contains("ops")) return [];
  const ops = await answered(database.transaction("ops", "readonly").objectStore("ops").getAll());
  database.close();
  return ops.filter((op) => !op.final_at).map((op) => ({ user: name.replace("wardlight-outbox-", ""), op }));
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
