"""The first sign of a line: a comparison, a signed number or an indent that Markdown would take for its own."""

from __future__ import annotations

import re

_LIMIT = r"(?:LSN|LIN|ULN|LLN|N)\b"  # limits of the normal, as laboratories write them
_SPECIAL = re.compile(
    rf"\n(?:[ \t]*(?:[+-][ \t]*[≈~±]?\d|>(?:=|\s*=?\s*[-+≈~]?\d|[^\W\d_]|\s*{_LIMIT}))"
    r"|    | {0,3}\t| {0,3}\[[^\]\n^]+\]:"
    r"| {0,3}(?:[-+*]|\d+[.)])(?: {5}| +[-+>][ \t]*=?[ \t]*\d))"
)
_ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])( +)(?=\S)")
_BULLET = re.compile(r"( {0,3})([-+]) +(.*)")
_SIGNED = re.compile(r"[≈~±]?\d")
_QUOTED = re.compile(r" {0,3}>(.*)")
_SIGNED_ITEM = re.compile(r"( *(?:[-*+]|\d{1,9}[.)]) +)([-+>])(?=[ \t]*=?[ \t]*\d)")
_COMPARED = re.compile(rf"(?:=|\s*=?\s*[-+≈~]?\d|[^\W\d_]|\s*{_LIMIT})")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n^]+\]:\s*+(?!<?(?:https?://|mailto:|tel:|www\.|\.{1,2}/|[#/]))")


def keep_line_starts(text: str) -> str:
    """``text`` with those first signs as HTML references and those indents undone, line for line."""
    if not _SPECIAL.search(f"\n{text}"):
        return text
    lines = [_SIGNED_ITEM.sub(_kept_sign, line, count=1) for line in _without_code(text.split("\n"))]
    at = 0
    while at < len(lines):
        line = lines[at]
        after = at + 1
        if _QUOTED.match(line):
            after = _end_of_run(lines, at, _QUOTED)
            if _COMPARED.match(line.lstrip()[1:]):
                lines[at:after] = _as_lines([item.replace(">", "&gt;", 1) for item in lines[at:after]])
        elif _BULLET.match(line):
            after = _end_of_run(lines, at, _BULLET)
            run = [_BULLET.match(item) for item in lines[at:after]]
            if all(item and _SIGNED.match(item[3]) for item in run) and not _in_list(lines, at):
                lines[at:after] = _as_lines([f"{item[1]}&#{ord(item[2])}; {item[3]}" for item in run if item])
        elif _DEFINITION.match(line):
            lines[at] = line.replace("[", "&#91;", 1)
        at = after
    return "\n".join(lines)


def _kept_sign(item: re.Match[str]) -> str:
    return f"{item[1]}&#{ord(item[2])};"


def _end_of_run(lines: list[str], start: int, pattern: re.Pattern[str]) -> int:
    end = start
    while end < len(lines) and pattern.match(lines[end]):
        end += 1
    return end


def _in_list(lines: list[str], at: int) -> bool:
    """Whether an item of a list, or one of its blank-separated neighbours, stands just before or after."""
    before = next((line for line in reversed(lines[:at]) if line.strip()), "")
    return bool(_ITEM.match(before) and not _SIGNED.match(before.lstrip(" -+")))


def _as_lines(run: list[str]) -> list[str]:
    """The same lines of one paragraph, each ending where it ended."""
    return [f"{line.rstrip()}\\" for line in run[:-1]] + run[-1:]


def _without_code(lines: list[str]) -> list[str]:
    """No indent makes code: a line is as deep as its list, never four spaces more."""
    depth = 0
    kept = []
    for line in lines:
        text = line.lstrip(" \t")
        indent = len(line[: len(line) - len(text)].expandtabs(4))
        if not text:
            kept.append(line)
            continue
        if indent >= depth + 4:
            indent = depth
        elif indent < depth and not (kept and kept[-1].strip()):
            depth = indent if indent >= 2 and _deeper(kept, indent) else 0
            indent = min(indent, depth + 3)
        line = " " * indent + text
        item = _ITEM.match(line)
        if item:
            spaces = item[3] if len(item[3]) < 5 else " "
            line = f"{item[1]}{item[2]}{spaces}{line[item.end() :]}"
            depth = len(item[1]) + len(item[2]) + len(spaces)
        kept.append(line)
    return kept


def _deeper(kept: list[str], indent: int) -> bool:
    return any((item := _ITEM.match(line)) and item.end(3) <= indent for line in reversed(kept))
