"""« divan code » and « divan codes »: a coder's page, exchanges with other software, changes of the tree."""

from __future__ import annotations

import webbrowser
from datetime import date

from divan.commands.arguments import Words
from divan.commands.coding_words import file_of


def run_code(words: Words) -> int:
    """Serve the page of one coder until Ctrl+C; every key is kept as it comes."""
    from surveys.coding.coding_server import CodingServer
    from surveys.coding.coding_session import CodingSession

    session = CodingSession(words.root, words.study, words.coder, consensus=words.consensus)
    with CodingServer(session, words.port) as server:
        print(f"{server.address} — Ctrl+C pour finir ; chaque touche est gardée aussitôt.", flush=True)
        if words.open:
            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


def run_codes(words: Words) -> int:
    """Export, import, or change the tree."""
    from surveys.coding.exchange import change_tree, export_coding, import_coding

    if words.action == "export":
        print(export_coding(words.root, words.study, file_of(words), only_tree=words.tree))
    elif words.action == "import":
        print(import_coding(words.root, words.study, file_of(words), words.coder))
    else:
        print(change_tree(words.root, words.study, words.action, words.words, today=date.today()))
    return 0
