/** Turns the page from light to dark and back; for looking at parts, in the styleguide. */
const button = document.querySelector("[data-theme-turn]");

function turn() {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
}

button?.removeAttribute("hidden");
button?.addEventListener("click", turn);
