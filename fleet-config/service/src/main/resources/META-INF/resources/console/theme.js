/* Before anything is drawn: the colours that somebody chose here. Without a choice the system's are used. */

(() => {
  const KEY = "plumbline-theme";
  const root = document.documentElement;

  const chosen = () => {
    try {
      return localStorage.getItem(KEY) ?? "system";
    } catch {
      return root.dataset.theme ?? "system";
    }
  };
  const show = (theme) => {
    if (theme === "light" || theme === "dark") {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
  };

  show(chosen());
  document.addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("theme");
    select.value = root.dataset.theme ?? "system";
    select.addEventListener("change", () => {
      show(select.value);
      try {
        localStorage.setItem(KEY, select.value);
      } catch {
        /* Where nothing may be kept, the choice holds for this page. */
      }
      document.dispatchEvent(new CustomEvent("plumbline:theme"));
    });
  });
})();
