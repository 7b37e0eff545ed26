/** Paths of the app and their names. One shell serves them all, so an unknown path is simply the first screen. */

/** @type {Array<[RegExp, string, string?]>} */
const ROUTES = [
  [/^\/app\/card\/([^/]+)$/, "card", "unit"],
  [/^\/app\/card$/, "card"],
  [/^\/app\/updates\/([^/]+)$/, "broadcast", "broadcast"],
  [/^\/app\/(start|updates|help|entries|more|shift|planned|checks|changes|what-if|carry|hand-over-entries|pass-status)$/, ""],
  [/^\/app\/(board|declare|compose|advance|recovery|outages|command)$/, ""],
  [/^\/app\/reach(?:\/([^/]+))?$/, "reach", "broadcast"],
  [/^\/app\/runner\/([^/]+)$/, "runner", "route"],
  [/^\/app\/door\/([^/]+)$/, "door", "unit"],
  [/^\/app\/paper(?:\/([^/]+))?$/, "paper", "code"],
  [/^\/app\/sign-in$/, "sign-in"],
];

/**
 * @param {string} path
 * @returns {{name: string, params: Record<string, string>}} the name is the last word of the path; `broadcast` for one
 *   update, `now` for the first screen. Values of the query are params too.
 */
export function matchRoute(path) {
  const [pathname, query = ""] = path.split("#")[0].split("?");
  const params = Object.fromEntries(new URLSearchParams(query));
  const clean = pathname.replace(/\/+$/, "");
  for (const [pattern, name, key] of ROUTES) {
    const found = pattern.exec(clean);
    if (found) return { name: name || found[1], params: key && found[1] ? { ...params, [key]: decode(found[1]) } : params };
  }
  return { name: "now", params };
}

/** @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
