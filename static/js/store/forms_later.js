/** Starts to keep the downtime forms when the part of the app that knows of them is here: no first screen waits for it. */

const RETRY_MS = 5_000;
const forms = () => import("./forms.js");

/** Goes on trying, as without contact a part may be missing at first. @returns {() => void} stops it */
export function followFormsLater() {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  /** @type {(() => void)|null} null once nobody wants it any more */
  let stop = () => {};
  const begin = () =>
    forms().then(({ followForms }) => {
      if (stop) stop = followForms();
    }, () => void (timer = stop ? setTimeout(begin, RETRY_MS) : undefined));
  void begin();
  return () => {
    clearTimeout(timer);
    stop?.();
    stop = null;
  };
}
