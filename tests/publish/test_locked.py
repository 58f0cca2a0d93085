"""What lies in the folder of a locked site, and what it takes to open it."""

import ast
import json
import os
import re
import stat
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from hypothesis import given
from hypothesis import strategies as st

from aidkit.errors import ParamsError, PublishError
from aidkit.publish.locked import Secret, lock_site
from aidkit.publish.locked.cipher import ITERATIONS, SHORTEST, Cipher, plain
from aidkit.publish.locked.passphrases import FILE, new_passphrase, secret_of
from tests.publish.locking import MARKER, PASSPHRASE, SECRET, make_locked, make_plain
from tests.publish.small_site import TERM

CIPHER = Cipher(SECRET)


@pytest.fixture(scope="module")
def plain_site(tmp_path_factory: pytest.TempPathFactory, vega: Path) -> Path:
    return make_plain(tmp_path_factory.mktemp("plain"), vega)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory, vega: Path) -> Path:
    return make_locked(tmp_path_factory.mktemp("locked"), vega)


def opened(
    folder: Path, passphrase: str = PASSPHRASE
) -> dict[int, tuple[dict[str, object], bytes]]:
    """A locked site opened by other means than aidkit's own: head and content by number."""
    salt = re.search(r'data-salt="(\w+)"', (folder / "index.html").read_text("utf-8"))
    assert salt
    kdf = PBKDF2HMAC(hashes.SHA256(), 32, bytes.fromhex(salt[1]), ITERATIONS)
    key = AESGCM(kdf.derive(passphrase.replace("-", "").encode()))
    found = {}
    for file in sorted(folder.glob("[0-9]*.js")):
        number, text = ast.literal_eval(file.read_text().removeprefix("aidSealed").strip("; \n"))
        sealed = b64decode(text)
        head, _, body = key.decrypt(sealed[:12], sealed[12:], str(number).encode()).partition(b"\n")
        found[number] = json.loads(head), body
    return found


def test_the_marker_is_everywhere_in_the_open_site(plain_site: Path) -> None:
    holding = {path.name for path in plain_site.rglob("*") if holds(path)}
    assert {"search-index.js", "county.html", "2141000001.html", f"{TERM}-aid.csv"} <= holding
    assert f"{MARKER}.csv" in {path.name for path in plain_site.rglob("*")}


def holds(path: Path) -> bool:
    return path.is_file() and MARKER.encode() in path.read_bytes()


def test_nothing_of_the_site_is_left_in_clear(plain_site: Path, locked: Path) -> None:
    everything = b"".join(path.read_bytes() for path in locked.iterdir())
    escaped = [form for word in (MARKER, "示范县", "应享", "小学", TERM) for form in forms(word)]
    assert [word for word in escaped if word in everything] == []
    # No stretch of any file, whatever it holds; scripts and style sheets are sealed too.
    sealed = b"".join(path.read_bytes() for path in locked.glob("[0-9]*.js"))
    for path in plain_site.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            for at in range(0, max(1, len(body) - 24), 997):
                assert body[at : at + 24] not in sealed, path
                assert b64encode(body[at - at % 3 :][:24]) not in sealed, path
    assert PASSPHRASE.encode() not in everything
    assert plain(PASSPHRASE).encode() not in everything


def forms(word: str) -> list[bytes]:
    return [word.encode(), json.dumps(word)[1:-1].encode(), word.encode("gb18030")]


def test_names_of_files_are_numbers(locked: Path) -> None:
    names = {path.name for path in locked.rglob("*")}
    own = {"index.html", "lock.js", "lock.css"}
    assert own < names
    assert all(re.fullmatch(r"\d{4}\.(html|js)", name) for name in names - own)


def test_pages_that_ask_differ_in_nothing_but_their_number(locked: Path) -> None:
    asking = {
        re.sub(r'number="\d+"', "", page.read_text("utf-8")) for page in locked.glob("*.html")
    }
    assert len(asking) == 1


def test_it_opens_by_the_standard_alone(plain_site: Path, locked: Path) -> None:
    files = opened(locked)
    assert len(files) == sum(1 for path in plain_site.rglob("*") if path.is_file())
    names = {str(head["name"]) for head, _ in files.values()}
    assert names == {path.name for path in plain_site.rglob("*") if path.is_file()}
    charts = (plain_site / "assets" / "charts.js").read_bytes()
    assert charts in [body for _, body in files.values()]


def test_another_passphrase_does_not_open_it(locked: Path) -> None:
    with pytest.raises(InvalidTag):
        opened(locked, PASSPHRASE.replace("k7", "k8"))


def test_equal_sites_and_secrets_give_equal_bytes(plain_site: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        lock_site(plain_site, tmp_path / name, SECRET)
    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert one == {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()}
    lock_site(plain_site, tmp_path / "other", Secret(PASSPHRASE, bytes(16)))
    same = {name for name in one if (tmp_path / "other" / name).read_bytes() == one[name]}
    assert same == {"lock.js", "lock.css"}


def test_what_lay_in_the_folder_goes(plain_site: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "9999.html").write_text(MARKER, "utf-8")
    lock_site(plain_site, tmp_path / "out", SECRET)
    assert not (tmp_path / "out" / "9999.html").exists()


def test_only_the_offline_publishers_sites_are_locked(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<h1>别处做的</h1>", "utf-8")
    with pytest.raises(PublishError, match="离线发布"):
        lock_site(tmp_path / "site", tmp_path / "out", SECRET)
    assert not (tmp_path / "out").exists()


def test_a_style_sheet_that_loads_files_is_refused(plain_site: Path, tmp_path: Path) -> None:
    for path in plain_site.rglob("*"):
        if path.is_file():
            copy = tmp_path / "site" / path.relative_to(plain_site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    style = tmp_path / "site" / "assets" / "components.css"
    style.write_text("body { background: url(stamp.png) }", "utf-8")
    with pytest.raises(PublishError, match="样式表"):
        lock_site(tmp_path / "site", tmp_path / "out", SECRET)


@given(st.binary(max_size=80), st.binary(max_size=80), st.sampled_from(["0", "1", "10"]))
def test_a_nonce_is_never_that_of_other_content(one: bytes, other: bytes, place: str) -> None:
    nonces = {CIPHER.sealed(at, body)[:12] for at, body in [("1", one), (place, other)]}
    assert len(nonces) == (1 if (one, "1") == (other, place) else 2)


@given(st.sampled_from([str.upper, str.title, lambda text: text.replace("-", " ")]), st.booleans())
def test_what_was_heard_is_as_good_as_what_was_written(write, wide: bool) -> None:  # type: ignore[no-untyped-def]
    said = write(PASSPHRASE)
    if wide:
        said = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else "　" for one in said)
    assert plain(said) == plain(PASSPHRASE)


def test_a_passphrase_is_made_once_and_kept(tmp_path: Path) -> None:
    made = secret_of(tmp_path, "internal")
    other = secret_of(tmp_path, "9941000001")
    assert made == secret_of(tmp_path, "internal")
    assert made.passphrase != other.passphrase
    assert made.salt != other.salt
    assert re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", made.passphrase)
    assert made.passphrase not in repr(made)
    assert new_passphrase() != new_passphrase()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_only_the_owner_may_read_the_passphrases(tmp_path: Path) -> None:
    secret_of(tmp_path, "internal")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_what_the_clerk_wrote_in_the_file_stays(tmp_path: Path) -> None:
    secret_of(tmp_path, "internal")
    file = tmp_path / FILE
    text = file.read_text("utf-8")
    own = re.sub(r'passphrase = ".*"', 'passphrase = "Own Words 2026 x"', text) + "# 张科长有\n"
    file.write_text(own, "utf-8")
    secret_of(tmp_path, "9941000001")
    assert file.read_text("utf-8").startswith(own.rstrip())
    assert secret_of(tmp_path, "internal").passphrase == "Own Words 2026 x"


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    secret_of(tmp_path, "internal")
    file = tmp_path / FILE
    text = re.sub(r'passphrase = ".*"', 'passphrase = "abc-123-456-78"', file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    with pytest.raises(ParamsError, match="口令太短") as refused:
        secret_of(tmp_path, "internal")
    assert f"{SHORTEST}" in refused.value.remedy
    assert "abc-123" not in str(refused.value)


def test_sites_may_not_share_a_salt(tmp_path: Path) -> None:
    secret_of(tmp_path, "internal")
    file = tmp_path / FILE
    text = file.read_text("utf-8")
    file.write_text(text + text[text.index("[internal]") :].replace("internal", "9941"), "utf-8")
    with pytest.raises(ParamsError, match="salt 相同"):
        secret_of(tmp_path, "internal")
