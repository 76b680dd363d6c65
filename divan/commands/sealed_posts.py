"""``divan members`` for whoever moderates a group whose sources are sealed: identity, seal, open, edit."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from divan.commands.arguments import Words
from divan.sources.problem import Problem, stop_if


def identity(words: Words) -> int:
    """Draw an identity unless there is one, and say the key that the group's file takes."""
    from divan.sources.sealed import draw_identity, identity_file

    file = identity_file(words.root)
    print(f"Votre clé publique, à mettre dans « sealed_for » de content/forum.yaml :\n\n  {draw_identity(file)}\n")
    print(f"Ce qui ouvre est dans {file}, hors de git : sauvegardez-le, ne l'envoyez à personne.")
    return 0


def seal(words: Words) -> int:
    """Seal the posts named, or all that members alone read, for the moderators that the group names today."""
    from divan.forum.sealing import seal_posts
    from divan.sources.french import plural

    written = seal_posts(words.root.resolve(), map(Path, words.names))
    print(f"{plural(len(written), 'message chiffré', 'messages chiffrés')}.")
    return 0


def show(words: Words) -> int:
    """Print what a sealed post says."""
    from divan.forum.sealing import open_post

    sys.stdout.write(open_post(words.root.resolve(), _the_file(words)).decode("utf-8", "replace"))
    return 0


def edit(words: Words) -> int:
    """Open a post in the editor of EDITOR, in a folder of ours alone, and seal what it became."""
    from divan.forum.sealing import open_post, seal_posts

    root, file = words.root.resolve(), _the_file(words)
    before = open_post(root, file)
    kept = root / ".divan"
    kept.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept) as folder:
        plain = Path(folder) / file.name
        plain.write_bytes(before)
        done = subprocess.run([*shlex.split(os.environ.get("EDITOR") or "vi"), str(plain)], check=False)
        after = plain.read_bytes() if plain.is_file() else b""
    failed = Problem(str(file), None, "l'éditeur a échoué, ou n'a rien laissé", "dites lequel prendre : EDITOR=nano")
    stop_if([failed] if done.returncode or not after.strip() else [])
    if after == before:
        print("Rien n'a changé.")
        return 0
    seal_posts(root, [file], {file: after})
    print("Chiffré de nouveau ; « divan check » le relit.")
    return 0


def _the_file(words: Words) -> Path:
    one = len(words.names) == 1
    stop_if([] if one else [Problem("FICHIER", None, f"« divan members {words.action} » veut un fichier", "nommez-le")])
    return Path(words.names[0])
