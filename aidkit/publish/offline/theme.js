// Light or dark before the first paint: the reader's last choice, else the system's.
(function () {
  "use strict";
  var chosen = null;
  try {
    chosen = localStorage.getItem("aidkit-theme");
  } catch (error) {
    chosen = null; // storage is switched off: follow the system
  }
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    document.documentElement.dataset.theme = chosen || (dark.matches ? "dark" : "light");
  }
  dark.addEventListener("change", apply);
  window.aidkitTheme = function () {
    chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    apply();
    try {
      localStorage.setItem("aidkit-theme", chosen);
    } catch (error) {
      // not remembered, which is all that is lost
    }
  };
  document.documentElement.classList.add("has-script");
  apply();
})();
