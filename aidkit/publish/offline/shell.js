// The shell at work: theme button, menus, tabs, table of contents. Without it all content shows.
(function () {
  "use strict";

  var button = document.querySelector(".shell-theme");
  button.hidden = false;
  button.addEventListener("click", window.aidkitTheme);

  // Menus close like menus do.
  var menus = Array.from(document.querySelectorAll(".shell-menu"));
  document.addEventListener("click", function (event) {
    menus.forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    menus.forEach(function (menu) {
      if (menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  });

  // The table of contents starts folded on phones, where it stands above the text.
  var contents = document.querySelector(".shell-toc details");
  if (contents && matchMedia("(max-width: 1020px)").matches) contents.open = false;

  function makeTabs(set, number) {
    var panels = Array.from(set.children).filter(function (child) {
      return child.classList.contains("tab-panel");
    });
    var list = document.createElement("div");
    list.className = "tab-list";
    list.setAttribute("role", "tablist");
    var tabs = panels.map(function (panel, index) {
      var tab = document.createElement("button");
      tab.type = "button";
      tab.id = "tab-" + number + "-" + (index + 1);
      tab.textContent = panel.querySelector(".tab-title").textContent;
      tab.setAttribute("role", "tab");
      if (!panel.id) panel.id = tab.id + "-panel";
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      list.append(tab);
      return tab;
    });
    function show(chosen) {
      tabs.forEach(function (tab, index) {
        var on = index === chosen;
        tab.setAttribute("aria-selected", String(on));
        tab.tabIndex = on ? 0 : -1;
        panels[index].classList.toggle("is-hidden", !on);
      });
    }
    tabs.forEach(function (tab, index) {
      tab.addEventListener("click", function () {
        show(index);
      });
      tab.addEventListener("keydown", function (event) {
        var steps = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 };
        if (!(event.key in steps)) return;
        var next = (steps[event.key] + tabs.length) % tabs.length;
        event.preventDefault();
        show(next);
        tabs[next].focus();
      });
      panels[index].addEventListener("aid-reveal", function () {
        show(index);
      });
    });
    set.prepend(list);
    set.classList.add("is-tabs");
    show(0);
  }
  document.querySelectorAll(".panel-tabset").forEach(makeTabs);

  // A link to something inside a hidden panel or a folded box opens it.
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var box = target; box; box = box.parentElement) {
      if (box.classList.contains("tab-panel")) box.dispatchEvent(new Event("aid-reveal"));
      if (box.tagName === "DETAILS") box.open = true;
    }
    if (target) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  // Paper cannot be unfolded.
  var unfolded = [];
  addEventListener("beforeprint", function () {
    unfolded = Array.from(document.querySelectorAll("main details:not([open])"));
    unfolded.forEach(function (box) {
      box.open = true;
    });
  });
  addEventListener("afterprint", function () {
    unfolded.forEach(function (box) {
      box.open = false;
    });
  });

  // Where the reader is, marked in the table of contents.
  var entries = Array.from(document.querySelectorAll(".shell-toc a"));
  var heads = entries.map(function (entry) {
    return document.getElementById(decodeURIComponent(entry.hash.slice(1)));
  });
  function mark() {
    var here = 0;
    heads.forEach(function (head, index) {
      if (head && head.getBoundingClientRect().top < 140) here = index;
    });
    entries.forEach(function (entry, index) {
      entry.classList.toggle("is-here", index === here);
    });
  }
  if (entries.length) {
    addEventListener("scroll", mark, { passive: true });
    mark();
  }
})();
