"""A form as it was filled: its fields as they were sent, each fault beside its question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from html.parser import HTMLParser

from surveys.validation import AnswerFault

_TYPED = {"text", "date", "hidden", "number"}
_TICKED = {"radio", "checkbox"}
Attributes = list[tuple[str, str | None]]


def filled(form: str, fields: Mapping[str, Sequence[str]], faults: Sequence[AnswerFault] = ()) -> str:
    """``form`` (HTML of surveys.form) with what ``fields`` says in it, and what is wrong with it."""
    writer = _Filling(fields, {fault.item: fault.sentence for fault in faults})
    writer.feed(form)
    writer.close()
    return "".join(writer.written)


class _Filling(HTMLParser):
    """Copies what it reads, but for the fields and the questions that have something to say."""

    def __init__(self, fields: Mapping[str, Sequence[str]], faults: dict[str, str]) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._sent = {name: [text for text in values if text.strip()] for name, values in fields.items()}
        self._faults = faults
        self._told = ""  # the sentence that waits for the end of its question's title
        self._lists = {name: list(values) for name, values in fields.items()}  # what the lists to come have chosen
        self._chosen = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        own = dict(attrs)
        if tag == "noscript" or "data-code" in own or "data-phrase" in own:
            return None  # no script runs here: what waits for one goes, what is there without one shows
        if own.get("data-item") in self._faults:
            self._told = self._faults[str(own["data-item"])]
            own["class"] = f"{own.get('class') or ''} invalid".strip()
            return self._write(tag, own)
        values = self._sent.get(str(own.get("name")), [])
        if tag == "input" and own.get("type") in _TICKED:
            own.pop("checked", None)
            return self._write(tag, own | ({"checked": None} if str(own.get("value")) in values else {}))
        if tag == "input" and own.get("type") in _TYPED and values:
            return self._write(tag, own | {"value": values[0]})
        if tag == "option":
            own.pop("selected", None)
            return self._write(tag, own | ({"selected": None} if str(own.get("value")) == self._chosen else {}))
        if tag == "select":
            left = self._lists.get(str(own.get("name"))) or [""]
            self._chosen = left.pop(0)  # a ranking has a list a rank, all of one name
        self.written.append(self.get_starttag_text() or "")
        if tag == "textarea" and values:
            self.written.append("\n" + escape(values[0]))  # a parser drops the first line end of a textarea
        return None

    def handle_endtag(self, tag: str) -> None:
        if tag == "noscript":
            return
        self.written.append(f"</{tag}>")
        if self._told and tag in ("legend", "label"):
            self.written.append(f'<p class="error">{escape(self._told)}</p>')
            self._told = ""

    def handle_data(self, data: str) -> None:
        self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def _write(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        said = "".join(f" {name}" if text is None else f' {name}="{escape(text)}"' for name, text in attributes.items())
        self.written.append(f"<{tag}{said}>")
