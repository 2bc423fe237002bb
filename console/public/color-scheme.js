// Before the first paint, so that a dark page does not flash white. A file of its own, because the page allows no inline script.
(() => {
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("forebay-color-scheme") ?? "auto";
  } catch {
    // Storage may be switched off; then the system decides.
  }
  const dark =
    chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
