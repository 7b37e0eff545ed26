/** Turns clicks on links of the app into navigation without a page load, and tells people where they have arrived. */

const APP_ROOT = "/app/";

/**
 * The app's path that a click asks for, or null when the click is the browser's own business: another button, a
 * modifier, a download, a new window, another origin, a page outside the app, a place on the same page.
 * @param {MouseEvent} event
 * @param {{origin: string, pathname: string, search: string}} here
 */
export function pathOfClick(event, here) {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = /** @type {Element | null} */ (event.target)?.closest?.("a[href]");
  if (!link || link.hasAttribute("download") || (link.getAttribute("target") ?? "_self") !== "_self") return null;
  return appPath(/** @type {HTMLAnchorElement} */ (link).href, here);
}

/**
 * @param {string} href absolute
 * @param {{origin: string, pathname: string, search: string}} here
 */
function appPath(href, here) {
  const url = new URL(href);
  if (url.origin !== here.origin || !url.pathname.startsWith(APP_ROOT)) return null;
  const samePage = url.pathname === here.pathname && url.search === here.search;
  return samePage && url.hash ? null : url.pathname + url.search + url.hash;
}

/** @param {(path: string) => void} go */
export function followLinks(go) {
  document.addEventListener("click", (event) => {
    const path = pathOfClick(event, window.location);
    if (path === null) return;
    event.preventDefault();
    go(path);
  });
}

/**
 * Names the page after its heading, also when that changes with the incident: the tab, the task switcher and a screen
 * reader then say the same words.
 * @param {HTMLElement} root
 */
export function keepPageNamed(root) {
  const changed = () => {
    nameThePage();
    if (settling && document.activeElement === document.body) focusHeading();
  };
  new MutationObserver(changed).observe(root, { subtree: true, childList: true, characterData: true });
}

function nameThePage() {
  const words = document.querySelector("h1")?.textContent?.trim();
  const title = words ? `${words} · Wardlight` : "Wardlight";
  if (document.title !== title) document.title = title;
}

/** A screen that first reads a draft replaces its heading once; until then the focus follows. */
const SETTLE_MS = 1_000;
let settling = false;

/** After a navigation: start at the top, and let a screen reader read from the heading. */
export function moveToHeading() {
  window.scrollTo(0, 0);
  settling = true;
  setTimeout(() => (settling = false), SETTLE_MS);
  focusHeading();
}

function focusHeading() {
  const heading = document.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
