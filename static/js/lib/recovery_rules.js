/** How far the recovery is: gates in order, units that have confirmed, what is still on paper, who has signed. Pure. */

/** @typedef {{id: string, b: any}} Shown */

/** @param {Shown[]} gates @param {string} incident @returns {Shown[]} in the order of the plan */
export const gatesOf = (gates, incident) => gates.filter(({ b }) => b.incident === incident).sort((a, b) => a.b.order - b.b.order);

/**
 * One line a unit: how many checks work, what fails, whether it is confirmed. What nobody has confirmed comes first.
 * @param {string[]} units of the incident @param {Shown[]} checks `unit_check` rows @param {string} incident @param {string[]} wanted keys
 * @returns {Array<{unit: string, works: number, wanted: number, fails: string[], confirmed: boolean}>}
 */
export function checkLines(units, checks, incident, wanted) {
  const lines = units.map((unit) => {
    const said = checks.find(({ b }) => b.incident === incident && b.unit === unit)?.b.checks ?? {};
    const works = wanted.filter((key) => said[key]?.works === true).length;
    return { unit, works, wanted: wanted.length, fails: wanted.filter((key) => said[key]?.works === false), confirmed: works === wanted.length };
  });
  const rank = (/** @type {typeof lines[number]} */ line) => (line.fails.length > 0 ? 0 : line.confirmed ? 2 : 1);
  return lines.sort((a, b) => rank(a) - rank(b) || (a.unit < b.unit ? -1 : 1));
}

/** Everything that is still on paper. @param {Shown[]} backlog @param {string} incident */
export function paperSums(backlog, incident) {
  const own = backlog.filter(({ b }) => b.incident === incident);
  const sum = (/** @type {string} */ name) => own.reduce((total, { b }) => total + (b[name] ?? 0), 0);
  return { units: own.length, left: sum("left"), total: sum("total"), sample: sum("sample"), sampled: sum("sampled"), wrong: sum("wrong") };
}

/** Whether this person's signature waits on this phone. @param {Array<{kind: string, args: any, state: string}>} entries @param {string} incident */
export const signatureWaits = (entries, incident) =>
  entries.some(({ kind, args, state }) => kind === "allclear.sign" && args.incident === incident && ["saved", "sent", "waiting_retry"].includes(state));
