// Search by substring, which suits Chinese. The index is a script, loaded when it is first wanted:
// pages opened by double-click may not fetch anything.
(function () {
  "use strict";

  var LIMIT = 12;
  var AROUND = 26;
  var root = document.currentScript.dataset.root;
  var form = document.querySelector(".shell-search");
  var input = form.querySelector("input");
  var box = document.createElement("div");
  box.className = "shell-results";
  box.hidden = true;
  var list = document.createElement("div");
  list.id = "shell-results";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "搜索结果");
  var count = document.createElement("p");
  count.setAttribute("role", "status");
  box.append(list, count);
  form.append(box);
  form.hidden = false;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");

  var sections = null;
  var chosen = -1;

  function plain(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function load() {
    if (sections) return;
    sections = [];
    var script = document.createElement("script");
    script.onload = function () {
      window.aidSearchIndex.forEach(function (page) {
        page[3].forEach(function (section) {
          sections.push({
            link: page[0] + (section[0] ? "#" + encodeURIComponent(section[0]) : ""),
            page: page[1],
            title: section[1],
            text: section[2].normalize("NFKC"),
            head: plain(page[1] + " " + page[2]),
            heading: plain(section[1]),
            body: plain(section[2]),
            first: section[0] === "",
          });
        });
      });
      search();
    };
    // A locked site has its files elsewhere.
    var address = window.aidSearchAddress || (() => root + "assets/search-index.js");
    Promise.resolve(address()).then(function (found) {
      script.src = found;
      document.head.append(script);
    });
  }

  function score(section, words) {
    var sum = 0;
    for (var word of words) {
      var points =
        (section.first && section.head.includes(word) ? 20 : 0) +
        (section.heading.includes(word) ? 8 : 0) +
        (section.body.includes(word) ? 2 : 0);
      if (!points && !section.head.includes(word)) return 0;
      sum += points;
    }
    return sum;
  }

  function found(words) {
    return (sections || [])
      .map(function (section, order) {
        return { section: section, order: order, score: score(section, words) };
      })
      .filter(function (hit) {
        return hit.score > 0;
      })
      .sort(function (one, other) {
        return other.score - one.score || one.order - other.order;
      });
  }

  // The text with every word in a <mark>.
  function marked(parent, text, words) {
    var low = text.toLowerCase();
    var at = 0;
    while (at < text.length) {
      var next = text.length;
      var length = 0;
      words.forEach(function (word) {
        var place = low.indexOf(word, at);
        if (place >= 0 && place < next) {
          next = place;
          length = word.length;
        }
      });
      parent.append(text.slice(at, next));
      if (length) {
        var mark = document.createElement("mark");
        mark.textContent = text.slice(next, next + length);
        parent.append(mark);
      }
      at = next + length;
    }
  }

  function excerpt(section, words) {
    var place = Math.min.apply(
      null,
      words.map(function (word) {
        var at = section.body.indexOf(word);
        return at < 0 ? Infinity : at;
      }),
    );
    var start = place === Infinity ? 0 : Math.max(0, place - AROUND);
    var end = start + 3 * AROUND;
    var tail = end < section.text.length ? "…" : "";
    return (start ? "…" : "") + section.text.slice(start, end) + tail;
  }

  function line(parent, name, text, words) {
    var span = document.createElement("span");
    span.className = name;
    marked(span, text, words);
    parent.append(span);
  }

  function search() {
    var words = plain(input.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    if (!words.length) return close();
    var hits = found(words);
    hits.slice(0, LIMIT).forEach(function (hit, index) {
      var option = document.createElement("a");
      option.href = root + hit.section.link;
      option.id = "shell-result-" + index;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      var title = hit.section.page;
      if (hit.section.title) title = (title ? title + " › " : "") + hit.section.title;
      line(option, "result-title", title, words);
      line(option, "result-text", excerpt(hit.section, words), words);
      list.append(option);
    });
    count.textContent = hits.length
      ? "找到 " + hits.length + " 处" + (hits.length > LIMIT ? "，列出前 " + LIMIT + " 处" : "")
      : "没有找到“" + input.value.trim() + "”";
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function close() {
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function choose(index) {
    var options = list.querySelectorAll("a");
    if (!options.length) return;
    chosen = (index + options.length) % options.length;
    options.forEach(function (option, number) {
      option.setAttribute("aria-selected", String(number === chosen));
    });
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", search);
  input.addEventListener("keydown", function (event) {
    if (event.isComposing) return; // Enter that ends a Chinese input method's word
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen < 0 && event.key === "ArrowUp" ? -1 : chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      input.value = "";
      close();
    }
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var option = list.querySelectorAll("a")[Math.max(chosen, 0)];
    if (option) {
      close();
      location.href = option.href;
    }
  });
  box.addEventListener("click", close);
  document.addEventListener("click", function (event) {
    if (!form.contains(event.target)) close();
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      input.focus();
    }
  });
})();
