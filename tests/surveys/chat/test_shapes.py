"""The same thread, as telephones of both kinds and of several languages export it, reads to the same messages."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from surveys.chat.exported import open_export
from surveys.chat.message import Event, GroupNotice, Message, MessageKind, UnreadLine

# day, month, hour, minute, author, text: what every shape below must give back
THREAD = (
    (17, 3, 8, 5, "Ana Roux", "Bonjour à tous"),
    (17, 3, 12, 30, "+33 6 39 98 10 10", "Une question :\nHeure : 12:30 - à confirmer\n\nMerci 👩\u200d⚕️"),
    (18, 3, 0, 7, "Ana Roux", "Qui est de garde ?"),
    (2, 4, 21, 59, "Dr Luc Petit", "Moi"),
)

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def clock(hour: int, minute: int, am: str, pm: str) -> str:
    return f"{hour % 12 or 12}:{minute:02} {am if hour < 12 else pm}"


SHAPES = {
    "android, français": lambda d, m, h, n, who, text: f"{d:02}/{m:02}/2020 à {h:02}:{n:02} - {who}: {text}",
    "android, virgule": lambda d, m, h, n, who, text: f"{d:02}/{m:02}/2020, {h:02}:{n:02} - {who}: {text}",
    "android, année courte": lambda d, m, h, n, who, text: f"{d:02}/{m:02}/20 {h:02}:{n:02} - {who}: {text}",
    "android, allemand": lambda d, m, h, n, who, text: f"{d:02}.{m:02}.20, {h:02}:{n:02} - {who}: {text}",
    "android, américain": lambda d, m, h, n, who, text: f"{m}/{d}/20, {clock(h, n, 'AM', 'PM')} - {who}: {text}",
    "android, espace fine": lambda d, m, h, n, who, text: (
        f"{m}/{d}/20, {clock(h, n, 'AM', 'PM').replace(' ', chr(0x202F))} - {who}: {text}"
    ),
    "android, espagnol": lambda d, m, h, n, who, text: f"{d}/{m}/20 {clock(h, n, 'a. m.', 'p. m.')} - {who}: {text}",
    "android, québécois": lambda d, m, h, n, who, text: f"2020-{m:02}-{d:02} {h:02} h {n:02} - {who}: {text}",
    "android, année d'abord": lambda d, m, h, n, who, text: f"2020/{m:02}/{d:02}, {h:02}:{n:02} - {who}: {text}",
    "android, finnois": lambda d, m, h, n, who, text: f"{d}.{m}.2020 klo {h}.{n:02} - {who}: {text}",
    "android, tirets": lambda d, m, h, n, who, text: f"{d:02}-{m:02}-2020, {h:02}:{n:02} - {who}: {text}",
    "android, arabe": lambda d, m, h, n, who, text: (
        f"{d}\u200f/{m}\u200f/2020، {clock(h, n, 'ص', 'م')}".translate(ARABIC) + f" - {who}: {text}"
    ),
    "android, coréen": lambda d, m, h, n, who, text: (
        f"2020년 {m}월 {d}일 {'오전' if h < 12 else '오후'} {h % 12 or 12}:{n:02}, {who} : {text}"
    ),
    "android, chinois": lambda d, m, h, n, who, text: (
        f"2020/{m}/{d} {'上午' if h < 12 else '下午'}{h % 12 or 12}:{n:02} - {who}: {text}"
    ),
    "android, grec": lambda d, m, h, n, who, text: f"{d}/{m}/20, {clock(h, n, 'π.μ.', 'μ.μ.')} - {who}: {text}",
    "android, turc": lambda d, m, h, n, who, text: (
        f"{d}.{m:02}.2020 {'ÖÖ' if h < 12 else 'ÖS'} {h % 12 or 12}:{n:02} - {who}: {text}"
    ),
    "android, hongrois": lambda d, m, h, n, who, text: (
        f"2020. {m:02}. {d:02}. {'de.' if h < 12 else 'du.'} {h % 12 or 12}:{n:02} - {who}: {text}"
    ),
    "android, bulgare": lambda d, m, h, n, who, text: f"{d}.{m:02}.2020 г., {h}:{n:02} ч. - {who}: {text}",
    "android, tiret long": lambda d, m, h, n, who, text: f"{d:02}/{m:02}/2020, {h:02}:{n:02} — {who} : {text}",
    "mois en lettres": lambda d, m, h, n, who, text: (
        f"{d} {['mars', 'avr.'][m - 3]} 2020 à {h:02}:{n:02} - {who}: {text}"
    ),
    "web, heure d'abord": lambda d, m, h, n, who, text: f"[{h:02}:{n:02}, {d:02}/{m:02}/2020] {who}: {text}",
    "ios, iso": lambda d, m, h, n, who, text: f"[2020-{m:02}-{d:02}T{h:02}:{n:02}:11] {who}: {text}",
    "ios, isolats": lambda d, m, h, n, who, text: (
        f"[{d:02}/{m:02}/2020, {h:02}:{n:02}:11] \u2068{who}\u2069: \u200e{text}"
    ),
    "ios, français": lambda d, m, h, n, who, text: f"[{d:02}/{m:02}/2020, {h:02}:{n:02}:11] {who}\u00a0: {text}",
    "ios, français, à": lambda d, m, h, n, who, text: f"[{d:02}/{m:02}/2020 à {h:02}:{n:02}:11] {who} : {text}",
    "ios, marque et tilde": lambda d, m, h, n, who, text: (
        f"\u200e[{d:02}/{m:02}/2020, {h:02}:{n:02}:11] ~\u202f{who}: \u200e{text}"
    ),
    "ios, allemand": lambda d, m, h, n, who, text: f"[{d:02}.{m:02}.20, {h:02}:{n:02}:11] {who}: {text}",
    "ios, américain": lambda d, m, h, n, who, text: (
        f"[{m}/{d}/20, {clock(h, n, 'AM', 'PM').replace(' ', ':11' + chr(0x202F))}] {who}: {text}"
    ),
    "ios, ponctué": lambda d, m, h, n, who, text: f"[{d}/{m}/20 {clock(h, n, 'a.m.', 'p.m.')}] {who}: {text}",
    "ancien, points": lambda d, m, h, n, who, text: f"{d:02}.{m:02}.20 {h:02}.{n:02}.11: {who}: {text}",
}


def told(path: Path) -> list[tuple[int, int, int, int, str, str]]:
    found = [one for one in open_export(path).entries() if isinstance(one, Message)]
    return [(m.day.day, m.day.month, m.minute // 60, m.minute % 60, m.author, m.text) for m in found]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_shape_gives_the_thread_back(shape, ending, tmp_path):
    text = "\n".join(SHAPES[shape](*row) for row in THREAD).replace("\n", ending) + ending
    (tmp_path / "chat.txt").write_text(text, encoding="utf-8-sig", newline="")
    assert told(tmp_path / "chat.txt") == [*THREAD]


@pytest.mark.parametrize("name", ["Garde : Paul", "Dr:Paul"])
def test_a_name_that_holds_a_colon_is_whole(name, messages_of):
    lines = [f"17/03/2020, 08:0{n} - {name}: {said} : oui" for n, said in enumerate(("Un", "Garde", "Non"))]
    found = messages_of("\n".join([*lines, "17/03/2020, 08:04 - Ana: Deux : 2", "17/03/2020, 08:05 - Ana: Trois : 3"]))
    assert {one.author for one in found} == {name.replace(" :", ":"), "Ana"}
    assert [one.text for one in found] == ["Un : oui", "Garde : oui", "Non : oui", "Deux : 2", "Trois : 3"]


def test_a_message_copied_from_the_web_is_somebody_s_message_and_relayed(messages_of):
    lines = [f"[17/03/2020, 08:0{n}:00] Ana: Merci" for n in range(6)]
    found = messages_of("\n".join([*lines, "[17/03/2020, 08:07:00] Luc: [08:01, 17/03/2020] Ana: Oui",
                                   "[08:02, 17/03/2020] Ana: Non"]))  # fmt: skip
    assert (len(found), found[-1].author, found[-1].relayed) == (7, "Luc", True)
    assert found[-1].text.endswith("Ana: Non")


def test_a_zip_is_read_for_its_thread_not_for_the_files_beside_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "chat.zip", "w") as archive:
        archive.writestr("notice.txt", "un document que quelqu'un a joint, plus long que le fil" * 50)
        archive.writestr("_chat.txt", "\n".join(SHAPES["ios, français"](*row) for row in THREAD))
        archive.writestr("__MACOSX/._chat.txt", "x" * 9000)
    assert told(tmp_path / "chat.zip") == [*THREAD]


def test_telegram_is_read(tmp_path):
    rows = [
        {"type": "message", "date": f"2020-{m:02}-{d:02}T{h:02}:{n:02}:00", "from": who,
         "text": [text[:3], {"text": text[3:]}]}
        for d, m, h, n, who, text in THREAD
    ]  # fmt: skip
    came = {"type": "service", "date": "2020-03-17T07:00:00", "action": "invite_members", "actor": "Ana Roux",
            "members": ["Luc"]}  # fmt: skip
    path = tmp_path / "result.json"
    path.write_text(json.dumps({"name": "Groupe", "messages": [came, *rows]}, indent=1), encoding="utf-8")
    assert told(path) == [*THREAD]
    first = next(open_export(path).entries())
    assert isinstance(first, GroupNotice)
    assert (first.event, first.people) == (Event.JOINED, ("Luc",))


@pytest.mark.parametrize("by_line", [True, False])
def test_signal_is_read(by_line, tmp_path):
    rows = [
        {"date": f"2020-{m:02}-{d:02} {h:02}:{n:02}:00", "sender": who, "body": text, "attachments": []}
        for d, m, h, n, who, text in THREAD
    ]
    path = tmp_path / "data.json"
    path.write_text("\n".join(map(json.dumps, rows)) if by_line else json.dumps(rows), encoding="utf-8")
    assert told(path) == [*THREAD]


def test_what_somebody_pasted_does_not_begin_a_message(messages_of):
    found = messages_of("""
        [17/03/2020, 08:05:11] Ana: Je vous copie :
        [17/03 à 07:59] Luc : premier
        17/03/2020 08:01 - Paul: second
        2020-03-17 08:02:00
        [18/03/2020, 09:00:00] Luc: Merci
        [18/03/2020, 09:01:00] Ana: De rien
        [18/03/2020, 09:02:00] Luc: Voilà
        [18/03/2020, 09:03:00] Ana: Oui
        [18/03/2020, 09:04:00] Luc: Non
        [18/03/2020, 09:05:00] Ana: Si
        """)
    assert [len(one.text.split("\n")) for one in found] == [4, 1, 1, 1, 1, 1, 1]


def test_what_cannot_be_read_is_told_line_by_line(entries_of):
    found = entries_of(
        """
        ceci n'est la suite de rien
        17/03/2020, 08:05 - Ana: Bonjour
        31/04/2020, 08:06 - Ana: Un jour qui n'existe pas
        18/03/2020, 08:07 - Ana: Bonsoir
        """
    )
    assert [one.line for one in found if isinstance(one, UnreadLine)] == [1, 3]


@pytest.mark.parametrize(("written", "kind", "file", "text"), [
    ("<Médias omis>", MessageKind.MEDIA, "", ""),
    ("<Media omitted>", MessageKind.MEDIA, "", ""),
    ("null", MessageKind.MEDIA, "", ""),
    ("<View once voice message omitted>", MessageKind.MEDIA, "", ""),
    ("Appel vidéo. Aucune réponse", MessageKind.CALL, "", ""),
    ("Appel vidéo ce soir ?", MessageKind.TEXT, "", "Appel vidéo ce soir ?"),
    ("IMG-20200317-WA0001.jpg (fichier joint)", MessageKind.PHOTO, "jpg", ""),
    ("IMG-20200317-WA0001.jpg (fichier joint)\nLa radio", MessageKind.PHOTO, "jpg", "La radio"),
    ("Compte rendu de M. Petit.PDF (fichier joint)", MessageKind.DOCUMENT, "pdf", ""),
    ("\u200eVID-1.mp4 (file attached)", MessageKind.VIDEO, "mp4", ""),
    ("\u200e<pièce jointe : 00000042-AUDIO-2020.opus>", MessageKind.AUDIO, "opus", ""),
    ("< attached: 00000042-PHOTO-2020-06-07.jpg >", MessageKind.PHOTO, "jpg", ""),
    ("2015-08-04-PHOTO-00004762.jpg <\u200eattached>", MessageKind.PHOTO, "jpg", ""),
    ("STK-1.webp (fichier joint)", MessageKind.STICKER, "webp", ""),
    ("Luc Petit.vcf (fichier joint)", MessageKind.CONTACT, "vcf", ""),
    ("\u200eimage absente", MessageKind.PHOTO, "", ""),
    ("\u200evidéo absente", MessageKind.VIDEO, "", ""),
    ("\u200edocument absent", MessageKind.DOCUMENT, "", ""),
    ("Ce message a été supprimé", MessageKind.DELETED, "", ""),
    ("\u200eVous avez supprimé ce message.", MessageKind.DELETED, "", ""),
    ("\u200eAppel vocal manqué", MessageKind.CALL, "", ""),
    ("localisation: https://maps.google.com/?q=50.37,3.08", MessageKind.LOCATION, "", ""),
    ("\u200eSONDAGE :\nQuel jour ?\n\u200eOPTION : lundi", MessageKind.POLL, "", "Quel jour ?\nOPTION : lundi"),
    ("Voir https://exemple.fr/reco", MessageKind.LINK, "", "Voir https://exemple.fr/reco"),
    ("Une image vaut mille mots", MessageKind.TEXT, "", "Une image vaut mille mots"),
    ("Appel manqué de ma patiente hier", MessageKind.TEXT, "", "Appel manqué de ma patiente hier"),
])  # fmt: skip
def test_what_a_message_carries_is_told_apart(written, kind, file, text, messages_of):
    [found] = messages_of(f"17/03/2020, 08:05 - Ana: {written}")
    assert (found.kind, found.file, found.text) == (kind, file, text)


def test_an_edited_message_is_the_message_and_says_so(messages_of):
    [found] = messages_of("17/03/2020, 08:05 - Ana: Demain 9 h \u200e<Ce message a été modifié>")
    assert (found.text, found.edited) == ("Demain 9 h", True)


@pytest.mark.parametrize("written", [
    "Transféré\nLe point du jour", "Fwd: le point du jour", "[17/03 à 07:59] Luc : le point du jour",
    "---------- Message transféré ----------\nDe : l'agence", "> cité",
])  # fmt: skip
def test_a_message_relayed_by_copy_and_paste_is_told_apart(written, messages_of):
    assert messages_of(f"17/03/2020, 08:05 - Ana: {written}")[0].relayed
    assert not messages_of("17/03/2020, 08:05 - Ana: Le point du jour")[0].relayed


@pytest.mark.parametrize(("line", "event", "people"), [
    ("Ana a ajouté Luc Petit", Event.JOINED, ("Luc Petit",)),
    ("Ana a ajouté Luc Petit, Zoé et +33 6 39 98 10 10", Event.JOINED, ("Luc Petit", "Zoé", "+33 6 39 98 10 10")),
    ("Vous avez ajouté Luc Petit", Event.JOINED, ("Luc Petit",)),
    ("Luc Petit a rejoint le groupe via son lien d'invitation", Event.JOINED, ("Luc Petit",)),
    ("Luc joined using this group's invite link", Event.JOINED, ("Luc",)),
    ("Luc Petit est parti", Event.LEFT, ("Luc Petit",)),
    ("Zoé a quitté le groupe", Event.LEFT, ("Zoé",)),
    ("Luc left", Event.LEFT, ("Luc",)),
    ("Ana a retiré Luc Petit", Event.LEFT, ("Luc Petit",)),
    ("Ana removed Luc", Event.LEFT, ("Luc",)),
    ('Ana a changé l\'objet de "Garde : lundi" à "Garde : mardi"', Event.OTHER, ()),
    ("Les messages et les appels sont chiffrés de bout en bout. Touchez pour en savoir plus : ici", Event.OTHER, ()),
    ("Ana a créé le groupe « Libéraux »", Event.OTHER, ()),
    ("Votre code de sécurité avec Luc a changé.", Event.OTHER, ()),
    ("Quelque chose que nul ne connaît", Event.UNKNOWN, ()),
])  # fmt: skip
def test_notices_tell_who_came_and_who_went(line, event, people, entries_of):
    [found] = entries_of(f"17/03/2020 à 08:05 - {line}")
    assert isinstance(found, GroupNotice)
    assert (found.event, found.people) == (event, people)


def test_on_ios_a_notice_bears_a_name_and_a_mark(entries_of):
    notice, message = entries_of("""
        [17/03/2020, 08:05:00] Ana : \u200eAna a ajouté Luc
        [17/03/2020, 08:06:00] Ana : Ana a ajouté du sel
        """)
    assert isinstance(notice, GroupNotice)
    assert isinstance(message, Message)
