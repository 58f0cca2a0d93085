"""passphrases.toml of a county: what opens each of its locked sites; never part of any site."""

import os
import re
import secrets
from pathlib import Path

from aidkit.errors import ParamsError
from aidkit.project import replacing
from aidkit.publish.locked.cipher import SALT_BYTES, SHORTEST, Secret, plain
from aidkit.toml import TomlTable, read_toml

FILE = "passphrases.toml"
INTERNAL = "internal"
"""Name of the site of the county's own office; those of schools go by their codes."""

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What nobody mishears or misreads: no i, l, o, 0, 1. Sixteen of them are 79 bits."""

_GROUPS, _IN_GROUP = 4, 4
_NAME = re.compile(r"[a-z0-9]+")

_HEAD = f"""\
# 加密网站的口令：每个网站一个。只告诉该看的人，不要随网站一起发送、上传或打印在网页里。
# 可以把 passphrase 换成自己的（至少 {SHORTEST} 个字母或数字，不用生日、电话、校名），salt 不要改。
# 换了口令要重新做一次网站，旧的口令对以前发出去的网站仍然有效。
"""


def secret_of(county: Path, name: str) -> Secret:
    """What opens one of a county's sites; made at random and written down where there is none.

    Args:
        county: The county folder.
        name: `internal`, or the code of a school.

    Raises:
        ParamsError: The file is not as it was written, or a passphrase is too short.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a site: {name}")
    path = county / FILE
    known = _read(path) if path.is_file() else {}
    if name in known:
        return known[name]
    made = Secret(new_passphrase(), secrets.token_bytes(SALT_BYTES))
    _add(path, name, made)
    return made


def new_passphrase() -> str:
    """A passphrase at random, in groups that are easily read out."""
    signs = ("".join(secrets.choice(_SIGNS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
    return "-".join(signs)


def _read(path: Path) -> dict[str, Secret]:
    file = read_toml(path)
    known = {name: _secret(name, file.table(name)) for name in file.keys}
    file.done()
    salts = [secret.salt for secret in known.values()]
    if len(set(salts)) < len(salts):
        raise ParamsError(
            "两个网站的 salt 相同。",
            where=path.as_posix(),
            remedy="请删去其中一个网站的整段，重新做网站时会另外生成。",
        )
    return known


def _secret(name: str, table: TomlTable) -> Secret:
    passphrase, salt = table.text("passphrase"), table.text("salt")
    table.done()
    if not _NAME.fullmatch(name):
        raise table.fault("", f"“{name}”不是网站的名称。", "请写 internal 或学校标识码。")
    if len(plain(passphrase)) < SHORTEST:
        raise table.fault(
            "passphrase",
            f"口令太短，容易被试出来：只有 {len(plain(passphrase))} 个字（短横线和空格不算）。",
            f"请写至少 {SHORTEST} 个字母或数字，或者删去这一段，重新做网站时会生成一个。",
        )
    if not re.fullmatch(f"[0-9a-f]{{{2 * SALT_BYTES}}}", salt):
        raise table.fault("salt", "salt 被改动过。", "请删去这一段，重新做网站时会另外生成。")
    return Secret(passphrase, bytes.fromhex(salt))


def _add(path: Path, name: str, secret: Secret) -> None:
    """Add a site to the file, which on shared machines only its owner may read."""
    before = path.read_bytes().rstrip() if path.is_file() else _HEAD.rstrip().encode()
    section = f"""[{name}]\npassphrase = "{secret.passphrase}"\nsalt = "{secret.salt.hex()}"\n"""
    with replacing(path) as file:
        if os.name == "posix":
            os.fchmod(file.fileno(), 0o600)
        file.write(before + b"\n\n" + section.encode())
