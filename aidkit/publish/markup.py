"""Reading finished HTML: ids, links, headings and texts of a page in one pass."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(?P<silent>script|style|svg|annotation)\b(?P<silent_rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
    r".*?</(?P=silent)\s*>"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
ADDRESSES = ("href", "src", "srcset", "poster", "data", "action", "xlink:href")
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "code",
        "em",
        "i",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "time",
    ]
)


@dataclass(frozen=True)
class Address:
    """An address in an attribute: the tag and attribute it is in, and where its text stands."""

    tag: str
    attribute: str
    value: str
    start: int
    end: int


@dataclass
class Section:
    """A heading with the text below it; the text above the first heading has no id."""

    identifier: str = ""
    level: int = 0
    title: str = ""
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text below the heading, spaces joined."""
        return " ".join("".join(self.words).split())


@dataclass
class Markup:
    """What a page's HTML holds.

    Attributes:
        ids: All ids.
        addresses: All addresses, in order.
        sections: Headings with their texts, in order.
        scripts: Types of inline scripts; empty for JavaScript.
    """

    ids: set[str] = field(default_factory=set)
    addresses: list[Address] = field(default_factory=list)
    sections: list[Section] = field(default_factory=lambda: [Section()])
    scripts: list[str] = field(default_factory=list)


def read_markup(page: str) -> Markup:
    """Read the HTML that pandoc and the page's own raw blocks make."""
    markup = Markup()
    last, owner, heading = 0, "", 0
    for token in TOKEN.finditer(page):
        text = html.unescape(page[last : token.start()])
        last = token.end()
        section = markup.sections[-1]
        if heading:
            section.title += text
        else:
            section.words.append(text)
        name = (token["name"] or token["silent"] or "").lower()
        rest = token["rest"] or token["silent_rest"] or ""
        start = token.start("rest") if token["name"] else token.start("silent_rest")
        attributes = dict(_attributes(markup, name, rest, start)) if rest else {}
        if identifier := attributes.get("id"):
            markup.ids.add(identifier)
        if name == "script":
            markup.scripts.append(attributes.get("type", ""))
        elif token["silent"] and name == "svg":
            _inside(markup, token[0], token.start())
        if name == "section" and identifier:
            owner = identifier
        elif re.fullmatch(r"h[1-6]", name):
            heading = 0 if token["close"] else int(name[1])
            if heading and (identifier or owner):
                markup.sections.append(Section(identifier or owner, heading))
                owner = ""
            elif heading:
                heading = 0
        elif name and name not in INLINE:
            markup.sections[-1].words.append(" ")
    markup.sections[-1].words.append(html.unescape(page[last:]))
    for section in markup.sections:
        section.title = " ".join(section.title.split())
    return markup


def _attributes(markup: Markup, tag: str, rest: str, start: int) -> Iterator[tuple[str, str]]:
    """Attributes of a tag; addresses among them are noted."""
    for found in ATTRIBUTE.finditer(rest):
        name = found[1].lower()
        group = next(number for number in (2, 3, 4) if found[number] is not None)
        value = html.unescape(found[group])
        if name in ADDRESSES:
            place = (start + found.start(group), start + found.end(group))
            markup.addresses.append(Address(tag, name, value, *place))
        yield name, value


def _inside(markup: Markup, text: str, start: int) -> None:
    """Ids and addresses inside a drawing, whose texts are not prose."""
    for token in TOKEN.finditer(text, 1):
        if token["name"] and token["rest"]:
            attributes = dict(
                _attributes(markup, token["name"], token["rest"], start + token.start("rest"))
            )
            if identifier := attributes.get("id"):
                markup.ids.add(identifier)
