"""A finished site, sealed: every file is ciphertext under a number, every page asks first."""

import json
import shutil
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from aidkit.errors import PublishError
from aidkit.publish.locked.cipher import ITERATIONS, Cipher, Secret
from aidkit.publish.locked.numbering import HOME, INDEX, Numbering, kind_of, refuse_loading

SHELL = Path(__file__).parent / "shell"
SCRIPTS = ("lock.js", "lock.css")
"""Files of the shell: the same for every locked site."""

CHECK = "check"
"""Place of the sealed word by which the browser knows the right passphrase."""


@dataclass(frozen=True)
class LockedSite:
    """What was locked.

    Attributes:
        home: The page to open.
        pages: Pages that ask for the passphrase.
        files: Sealed files, pages among them.
    """

    home: Path
    pages: int
    files: int


def lock_site(site: Path, out: Path, secret: Secret) -> LockedSite:
    """Write a locked copy of a site that the offline publisher made.

    Nothing is left in clear, scripts and style sheets neither: there is no list of exceptions
    that could miss one. What remains to be seen is how many files there are and how long. Equal
    sites and secrets give equal bytes.

    A browser shows the pages only over https, on the own machine or by double-click; a server
    that sends a content policy must allow `script-src 'self' blob:` and `style-src blob:`.

    Args:
        site: The finished site.
        out: The folder to fill; whatever is in it goes.
        secret: What opens it.

    Raises:
        PublishError: The site is not the offline publisher's.
    """
    found = sorted(path for path in site.rglob("*") if path.is_file())
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in found}
    if HOME not in files or "assets/shell.js" not in files:
        raise PublishError(
            "只有离线发布的网站可以加密。",
            where=site.as_posix(),
            remedy="请先用 aidkit build --publisher offline 做一次。",
        )
    numbering = Numbering.of(files)
    cipher = Cipher(secret)
    sealed = {
        f"{number:04}.js": _payload(number, cipher.sealed(str(number), content))
        for number, content in enumerate(_contents(numbering, files))
    }
    shell = _template().render(
        salt=secret.salt.hex(),
        iterations=ITERATIONS,
        check=b64encode(cipher.sealed(CHECK, b"")).decode(),
        number="{number}",
    )
    pages = [path for path in numbering.paths if path.endswith(".html")]
    shutil.rmtree(out, ignore_errors=not out.exists())
    out.mkdir(parents=True)
    for name, content in sealed.items():
        (out / name).write_bytes(content)
    for path in pages:
        page = shell.replace("{number}", str(numbering.numbers[path]))
        (out / numbering.page(path)).write_bytes(page.encode())
    for name in SCRIPTS:
        (out / name).write_bytes((SHELL / name).read_bytes())
    return LockedSite(out / HOME, len(pages), len(sealed))


def _contents(numbering: Numbering, files: dict[str, bytes]) -> Iterator[bytes]:
    """What is sealed of each file, in the order of the numbers: one line of JSON, then its bytes.

    The line says the kind and name of the file; of a page, its pieces.
    """
    styles = [path for path in files if path.endswith(".css")]
    refuse_loading(styles, (files[path].decode() for path in styles))
    for path in numbering.paths:
        head: dict[str, object] = {"kind": kind_of(path), "name": path.rpartition("/")[2]}
        body = files[path]
        if path.endswith(".html"):
            head["index"] = numbering.numbers.get(INDEX)
            head["pieces"] = numbering.pieces(path, body.decode())
            body = b""
        elif path == INDEX:
            body = numbering.index(body.decode()).encode()
        yield json.dumps(head, ensure_ascii=False).encode() + b"\n" + body


def _payload(number: int, sealed: bytes) -> bytes:
    """A script, because pages opened by double-click may not fetch anything."""
    return f'aidSealed({number},"{b64encode(sealed).decode()}");\n'.encode()


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(SHELL), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("lock.html.j2")
