/** The route follows the address bar; clicks on links come through the router and `go`. */

import { matchRoute } from "../lib/routes.js";
import { route } from "./state.js";

/** @param {string} path */
export function go(path) {
  history.pushState({}, "", path);
  route.value = matchRoute(path);
}

/** @returns {() => void} stop */
export function followAddress() {
  if (typeof window === "undefined") return () => {};
  const read = () => void (route.value = matchRoute(location.pathname + location.search));
  read();
  window.addEventListener("popstate", read);
  return () => window.removeEventListener("popstate", read);
}
