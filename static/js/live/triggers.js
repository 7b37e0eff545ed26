/** Moments at which a page should talk to the server. What the browser thinks of the network is only such a moment. */

/** @param {{wake: () => void, seen: () => void, left: () => void}} on `seen` when somebody looks at the page again, `left` when it may be gone next @returns {() => void} stop listening */
export function listenForMoments({ wake, seen, left }) {
  if (typeof window === "undefined") return () => {};
  const looked = () => {
    if (document.visibilityState !== "visible") return left();
    seen();
    wake();
  };
  /** @type {Array<[EventTarget, string, () => void]>} */
  const moments = [
    [window, "online", wake], [window, "pageshow", looked], [window, "focus", looked], [document, "visibilitychange", looked], [window, "pagehide", left],
  ];
  for (const [target, name, action] of moments) target.addEventListener(name, action);
  return () => moments.forEach(([target, name, action]) => target.removeEventListener(name, action));
}

export const isVisible = () => typeof document === "undefined" || document.visibilityState === "visible";
