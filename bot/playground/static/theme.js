// Light or dark: the system's choice until the switch is used. Runs before the first paint.

(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch { /* private window: the system decides */ }
  const show = () => {
    const now = chosen || (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = now;
    document.getElementById("theme")?.setAttribute("aria-pressed", String(now === "dark"));
  };
  show();
  dark.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme").addEventListener("click", () => {
      chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      try { localStorage.setItem("theme", chosen); } catch { /* not remembered then */ }
      show();
    });
    show();
  });
})();
