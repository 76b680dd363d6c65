"""What a reader sees of the marks in a text: emphasis, links, images, notes, quotations, tags, comments, references.

``reader_marks.js`` says the same in the browser.
"""

from __future__ import annotations

import re
from functools import cached_property

from divan.sources.reader_signs import Signs, seen_sign

Seen = tuple[str | None, int, tuple[int, int] | None]
"""What is read instead (None: the mark as it is), where it ends, (start, end) of what it publishes without showing."""

_COMMENT, _END = "<!--", "-->"
_LONGEST_LABEL = 99


class Marks:
    """The marks of one text, with what is asked of it more than once."""

    def __init__(self, written: str, signs: Signs) -> None:
        self.written, self.signs = written, signs

    def seen(self, match: re.Match[str]) -> Seen:
        """What a reader sees of a special stretch."""
        found = match[0]
        match found[0]:
            case "&":
                return self._reference(found[1:].rstrip(";")), match.end(), None
            case "*" | "_" | "`" | "~":
                return self._emphasis(match), match.end(), None
            case "<":
                return self._tag(match)
            case "\\":
                return found[1:], match.end(), None
            case "!" | "[" | "]":
                return self._bracket(match)
            case _:
                return self._sign_or_space(match)

    def _sign_or_space(self, match: re.Match[str]) -> Seen:
        found, end, signs = match[0], match.end(), self.signs
        if not signs.space.match(found):
            return seen_sign(found, signs), end, None
        breaks = len(signs.line_break.findall(found))
        if breaks == 0:
            return "" if signs.invisible.fullmatch(found) else " ", end, None
        quoted = signs.quote.match(self.written, end)
        if quoted and self._is_quoted(match.start()):
            end = quoted.end()
        goes_on = breaks == 1 and not signs.block.match(self.written, end)
        return " " if goes_on and self.written[end : end + 1] not in ("\r", "\n") else "\n", end, None

    def _is_quoted(self, place: int) -> bool:
        """Whether the line that holds this place is of a quotation."""
        start = self.written.rfind("\n", 0, place) + 1
        return self.written[start : start + 4].lstrip(" ").startswith(">")

    def _reference(self, name: str) -> str | None:
        """``&name;`` or ``&#number;``."""
        if name[0] != "#":
            return self.signs.entities.get(name)
        try:
            sign = chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
        except (ValueError, OverflowError):
            return None
        if self.signs.space.match(sign):
            return "" if self.signs.invisible.match(sign) else " "
        return None if sign < " " or "\ud800" <= sign <= "\udfff" else seen_sign(sign, self.signs)

    def _emphasis(self, match: re.Match[str]) -> str | None:
        """Not seen; but a sign between two spaces, two digits or (``_``) two letters is."""
        before, after = self.written[: match.start()][-1:], self.written[match.end() :][:1]
        if match[0][0] == "`":
            return ""
        if (before in ("", " ") and after in ("", " ")) or (_is_digit(before) and _is_digit(after)):
            return None
        return None if match[0][0] == "_" and _is_letter(before) and _is_letter(after) else ""

    def _tag(self, match: re.Match[str]) -> Seen:
        """A tag, a comment or an address; any other word between these signs is read."""
        found, start, end = match[0], match.start(), match.end()
        if found == _COMMENT:
            if start > self._last_comment:
                return None, end, None
            close = self.written.index(_END, end)
            return "", close + len(_END), (start + 1, close)
        name = self.signs.tag_name.match(found)
        if not name:
            return "", end, (start + 1, end - 1)
        if name[1].lower() not in self.signs.tags:
            return "", start + name.start(1), None
        aside = (start + 1, end - 1) if found[name.end() : -1].strip(" \t\r\n/") else None
        return " " if name[1].lower() in self.signs.block_tags else "", end, aside

    @cached_property
    def _last_comment(self) -> int:
        """The last place where a comment may begin."""
        return self.written.rfind(_END) - len(_COMMENT)

    def _bracket(self, match: re.Match[str]) -> Seen:
        """What makes a link, an image or the call of a note is not seen, but for its words."""
        found, start, end = match[0], match.start(), match.end()
        if found not in "[]":
            return "", end, (start + 2, end - 1)
        if found == "[" and self.signs.opener.match(self.written, start):
            return "", end, None
        return "" if self._labels and self._label_at(start) in self._labels else None, end, None

    @cached_property
    def _labels(self) -> frozenset[str]:
        """What is defined on a line of its own: « [label]: address »."""
        if "]:" not in self.written:
            return frozenset()
        return frozenset(label.lower() for label in self.signs.definition.findall(self.written))

    def _label_at(self, place: int) -> str:
        """What stands between this bracket and the other one."""
        opens = self.written.rfind("[", max(place - _LONGEST_LABEL, 0), place + 1)
        closes = self.written.find("]", place, place + _LONGEST_LABEL)
        return self.written[opens + 1 : closes].lower() if 0 <= opens < closes else ""


def _is_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _is_digit(sign: str) -> bool:
    return sign.isascii() and sign.isdigit()
