"""A thread in a few figures: its posts, its days, its people, what they sent."""

from __future__ import annotations

from analysis.people.chat_members import CHAT_MEMBERS, GENDER, GONE, LEVEL, ROLE, SPECIALTY, who
from analysis.people.cohort import Cohort
from analysis.people.respondents import Respondents
from analysis.people.thread import NOTHING, StudiedThread
from analysis.people.variable import Variable
from analysis.plan.specification import TableSpec
from analysis.tables.cells import Cell, Count, Number, Text
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import enumeration, long_date, plural, typographic, within
from surveys.chat.chat_rules import LevelRule
from surveys.chat.import_report import KIND_WORDS
from surveys.chat.message import MessageKind
from surveys.chat.store import Role


def chat_activity(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a figure of the thread; the days without a post are named in a note."""
    thread = cohort.thread
    if thread is None:
        return []
    rows = tuple(TableRow(name, typographic(label), (cell,)) for name, label, cell in _figures(thread))
    silent = enumeration([long_date(day) for day in thread.silent])
    notes = (f"Sans aucun message : {silent}.",) if silent else ()
    return [_table(spec, "Activité", (Column("value", "Valeur", "number"),), rows, notes)]


def _figures(thread: StudiedThread) -> list[tuple[str, str, Cell]]:
    mean, median = thread.posts_a_user
    busiest = thread.busiest
    users = who((ROLE, Role.USER.value))
    observers = who((ROLE, Role.OBSERVER.value))
    return [
        ("posts", "Messages", Number(thread.posts, 0)),
        ("days", "Jours étudiés", Number(thread.rules.days, 0)),
        ("users", "Membres qui ont écrit", Count(thread.of_role(Role.USER), None, users)),
        ("observers", "Membres qui n'ont jamais écrit", Count(thread.of_role(Role.OBSERVER), None, observers)),
        ("leavers", "Partis sans avoir écrit", Count(thread.of_role(Role.LEAVER), None, GONE)),
        ("mean_day", "Messages par jour, en moyenne", Number(thread.posts / thread.rules.days, 1)),
        ("busiest_day", "Jour le plus chargé", Text(long_date(busiest))),
        ("busiest_posts", "Messages ce jour-là", Number(thread.by_day[busiest], 0)),
        ("silent_days", "Jours sans message", Number(len(thread.silent), 0)),
        (
            "first_share",
            f"Part des {thread.rules.first_days} premiers jours",
            Number(thread.first_share, 0, (), "percent"),
        ),
        ("mean_posts", "Messages par membre qui écrit, en moyenne", Number(mean, 1, (users,))),
        ("median_posts", "Messages par membre qui écrit, médiane", Number(median, 1, (users,))),
        ("unread_lines", "Lignes de l'export qui n'ont pas pu être lues", Number(thread.unread, 0)),
    ]


def chat_levels(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level of participation: its members, their posts, the share of all posts."""
    thread = cohort.thread
    if thread is None:
        return []
    present = thread.present
    rows, said = [], []
    for level in thread.rules.levels:
        members = [one for one in present if thread.level(one) is level]
        posts = sum(thread.by_member.get(one.name, NOTHING).posts for one in members)
        whom = who((LEVEL, level.id))
        share = Number(posts / thread.posts, 1, (whom,), "percent")
        wrote = sum(one.role is Role.USER for one in members)
        writers = Count(wrote, None, whom | {(ROLE, Role.USER.value)})
        cells = (Count(len(members), len(present), whom), writers, Number(posts, 0, (whom,)), share)
        rows.append(TableRow("level", typographic(level.label), cells, level.id, "level"))
        said.append(f"{within(level.label)} : {_asked(level)}")
    columns = (
        Column("n", "Membres, n (%)", "count"),
        Column("wrote", "dont ont écrit", "count"),
        Column("posts", "Messages", "number"),
        Column("share", "Part des messages", "percent"),
    )
    notes = (f"{' ; '.join(said).capitalize()}. Un jour est actif quand on y écrit.",)
    return [_table(spec, "Niveau", columns, tuple(rows), notes)]


def _asked(level: LevelRule) -> str:
    asks = (("jour actif", "jours actifs", level.days_over), ("message", "messages", level.posts_over))
    asked = [f"plus d'un {one}" if n == 1 else f"plus de {plural(n, one, many)}" for one, many, n in asks if n >= 0]
    return " et ".join(asked) or "les autres"


def chat_members(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a gender, one column a way of practising: how many members, those who left without a word apart."""
    thread = cohort.thread
    members = cohort.members
    if thread is None or members is None:
        return []
    genders, specialties = members.variables[GENDER], members.variables[SPECIALTY]
    columns = (*(Column(one.id, one.label, "count") for one in specialties.levels), Column("total", "Total", "count"))
    rows = [TableRow("gender", typographic(one.label), _counts(members, specialties, (GENDER, one.id)), one.id, "level")
            for one in genders.levels]  # fmt: skip
    rows.append(TableRow("total", "Total", _counts(members, specialties), "total", "total"))
    return [_table(spec, "Genre", columns, tuple(rows), ())]


def _counts(members: Respondents, across: Variable, *among: tuple[str, str]) -> tuple[Cell, ...]:
    wanted = [who(*among, (across.axis, level.id)) for level in across.levels] + [who(*among)]
    return tuple(Count(members.count(one), None, one) for one in wanted)


def chat_kinds(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a kind of post, the files by what they are, then what was relayed and what was edited."""
    thread = cohort.thread
    if thread is None:
        return []
    rows = [_kind(thread, KIND_WORDS[kind.value].capitalize(), thread.by_kind[kind], kind.value)
            for kind in MessageKind if thread.by_kind.get(kind)]  # fmt: skip
    rows += [_kind(thread, f"Fichiers .{ending}", n, f"file-{ending}") for ending, n in
             sorted(thread.by_file.items(), key=lambda one: (-one[1], one[0]))]  # fmt: skip
    rows += [_kind(thread, "Relayés d'ailleurs (copiés, transférés)", thread.relayed, "relayed"),
             _kind(thread, "Modifiés après coup", thread.edited, "edited")]  # fmt: skip
    columns = (Column("posts", "Messages", "number"), Column("share", "Part", "percent"))
    notes = ("Un message n'a qu'un genre ; un fichier est aussi compté d'après son extension, quand l'export la dit.",)
    return [_table(spec, "Genre", columns, tuple(rows), notes)]


def _kind(thread: StudiedThread, label: str, posts: int, name: str) -> TableRow:
    share = Number(posts / thread.posts, 1, (), "percent")
    return TableRow("kind", typographic(label), (Number(posts, 0), share), name, "level")


def _table(
    spec: TableSpec, head: str, columns: tuple[Column, ...], rows: tuple[TableRow, ...], notes: tuple[str, ...]
) -> Table:
    return Table(spec.id, spec.title, head, columns, rows, tuple(map(typographic, notes)), added=spec.added,
                 population=CHAT_MEMBERS)  # fmt: skip


FAMILIES = (
    Family("chat_activity", chat_activity, ReportHeading.ACTIVITY),
    Family("chat_levels", chat_levels, ReportHeading.ACTIVITY),
    Family("chat_members", chat_members, ReportHeading.ACTIVITY),
    Family("chat_kinds", chat_kinds, ReportHeading.ACTIVITY),
)
