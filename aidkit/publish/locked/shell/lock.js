// Opens a locked page: passphrase → key (PBKDF2) → page (AES-GCM), all by the browser's own
// WebCrypto. Files are scripts that hand over their ciphertext, because pages opened by
// double-click may not fetch anything. The key stays in this tab until it is closed.
(function () {
  "use strict";

  var INSECURE =
    "这个浏览器在这个地址上不能解密：网址以 http:// 开头，或者浏览器太旧。\n" +
    "办法一：请管理网站的人改用 https:// 的地址。\n" +
    "办法二：把整个网站文件夹复制到自己的电脑上，双击里面的 index.html 打开。\n" +
    "办法三：换用新的 Edge、Chrome、Firefox 或 Safari。";
  var WRONG = "口令不对。请核对后再输入；口令可以向发布单位询问。";
  var DAMAGED = "口令是对的，但是网站的文件缺了或者损坏了。请管理网站的人把整个文件夹重新上传一次。";
  var LOCK = "锁上，换人使用";

  var facts = document.currentScript.dataset;
  var stored = "aidkit-key-" + facts.salt;
  var key = null;
  var waiting = {};
  var opened = {};

  // Each file calls this once it is loaded.
  window.aidSealed = function (number, text) {
    waiting[number](bytesOf(text));
  };

  function bytesOf(text) {
    return Uint8Array.from(atob(text), function (sign) {
      return sign.charCodeAt(0);
    });
  }

  function plain(passphrase) {
    return passphrase.normalize("NFKC").toLowerCase().replace(/[\s\-‐‑–—_]/g, "");
  }

  function keyOf(passphrase) {
    var words = new TextEncoder().encode(plain(passphrase));
    var salt = Uint8Array.from(facts.salt.match(/../g), function (pair) {
      return parseInt(pair, 16);
    });
    return crypto.subtle.importKey("raw", words, "PBKDF2", false, ["deriveBits"]).then(function (base) {
      var way = { name: "PBKDF2", hash: "SHA-256", salt: salt, iterations: Number(facts.iterations) };
      return crypto.subtle.deriveBits(way, base, 256);
    });
  }

  function unseal(place, sealed) {
    var way = {
      name: "AES-GCM",
      iv: sealed.slice(0, 12),
      additionalData: new TextEncoder().encode(String(place)),
    };
    return crypto.subtle.decrypt(way, key, sealed.slice(12));
  }

  // Whether the bytes are the right key; it is kept if so.
  function use(bytes) {
    return crypto.subtle
      .importKey("raw", bytes, "AES-GCM", false, ["decrypt"])
      .then(function (made) {
        key = made;
        return unseal("check", bytesOf(facts.check));
      })
      .then(
        function () {
          remember(bytes);
          return true;
        },
        function () {
          key = null;
          return false;
        },
      );
  }

  function remember(bytes) {
    try {
      sessionStorage.setItem(stored, btoa(String.fromCharCode.apply(null, new Uint8Array(bytes))));
    } catch (error) {
      // storage is switched off: the next page asks again
    }
  }

  function remembered() {
    try {
      return sessionStorage.getItem(stored);
    } catch (error) {
      return null;
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem(stored);
    } catch (error) {
      // nothing was kept
    }
    location.reload();
  }

  function load(number) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      waiting[number] = done;
      script.src = String(number).padStart(4, "0") + ".js";
      script.onerror = failed;
      document.head.append(script);
    });
  }

  // A file of the site: what its first line says, and its bytes.
  function open(number) {
    if (!opened[number]) {
      opened[number] = load(number)
        .then(function (sealed) {
          return unseal(number, sealed);
        })
        .then(function (buffer) {
          var bytes = new Uint8Array(buffer);
          var end = bytes.indexOf(10);
          var file = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
          file.address = URL.createObjectURL(new Blob([bytes.subarray(end + 1)], { type: file.kind }));
          return file;
        });
    }
    return opened[number];
  }

  function addressOf(number) {
    return open(number).then(function (file) {
      return file.address;
    });
  }

  function show() {
    return open(Number(facts.number))
      .then(function (page) {
        if (page.index) {
          window.aidSearchAddress = function () {
            return addressOf(page.index);
          };
        }
        return Promise.all(
          page.pieces.map(function (piece) {
            return typeof piece === "number" ? addressOf(piece) : piece;
          }),
        );
      })
      .then(function (pieces) {
        document.open();
        document.addEventListener("DOMContentLoaded", settle);
        document.addEventListener("click", save);
        document.write(pieces.join(""));
        document.close();
      });
  }

  // The page is there: a way to lock it.
  function settle() {
    var foot = document.querySelector(".shell-footer div");
    var button = document.createElement("button");
    button.type = "button";
    button.className = "shell-lock";
    button.textContent = LOCK;
    button.addEventListener("click", forget);
    if (foot) foot.append(button);
  }

  // Files of the site have no address of their own: they are opened and handed over.
  function save(event) {
    var link = event.target.closest && event.target.closest('a[href^="locked:"]');
    if (!link) return;
    event.preventDefault();
    open(Number(link.getAttribute("href").slice("locked:".length))).then(
      function (file) {
        var made = document.createElement("a");
        made.href = file.address;
        made.download = file.name;
        document.body.append(made);
        made.click();
        made.remove();
      },
      function () {
        alert(DAMAGED);
      },
    );
  }

  var form = document.querySelector("form");
  var input = document.getElementById("passphrase");
  var button = form.querySelector("button");
  var message = document.getElementById("lock-message");

  function say(text, fault) {
    message.className = fault ? "lock-fault" : "";
    message.textContent = text;
  }

  function broken() {
    form.hidden = true;
    say(DAMAGED, true);
  }

  function ask() {
    form.hidden = false;
    say("");
    input.focus();
  }

  form.querySelector("[type=checkbox]").addEventListener("change", function (event) {
    input.type = event.target.checked ? "text" : "password";
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    button.disabled = true;
    say("正在打开……");
    keyOf(input.value)
      .then(use)
      .catch(function () {
        return false; // some browsers make no key of nothing but blanks
      })
      .then(function (right) {
        button.disabled = false;
        if (right) return show().catch(broken);
        say(WRONG, true);
        input.select();
      });
  });

  if (!window.crypto || !crypto.subtle) {
    say(INSECURE, true);
  } else if (remembered()) {
    use(bytesOf(remembered())).then(function (right) {
      return right ? show().catch(broken) : ask();
    });
  } else {
    ask();
  }
})();
