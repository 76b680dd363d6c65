"""Examples that the help of each command ends with; tests hold each to the command's words."""

from __future__ import annotations

from collections.abc import Mapping

from divan.commands.tongue import in_our_language

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "init": ('divan init notre-forum --name "Entraide du Sud" --trade vétérinaires --places 40',
             "divan init notre-forum --answers reponses.yaml",
             "divan init notre-forum --answers reponses.yaml --example --sending collector,mail",
             "divan init . --remove-example"),
    "upgrade": ("divan upgrade",
                'divan upgrade --engine "divan[site,report,collector]==0.3.0"'),
    "new": ('divan new topic --area soutien --title "Qui remplace en août ?"', "divan new reply 2026-03-14-k7f2"),
    "theme": ("divan theme templates/home.html",),
    "check": ("divan check", "divan check content/cases", "divan check --commits origin/main --format github",
              "divan check --explain F06"),
    "doctor": ("divan doctor", "divan doctor --offline"),
    "completion": ("divan completion bash > ~/.local/share/bash-completion/completions/divan",
                   "divan completion fish > ~/.config/fish/completions/divan.fish"),
    "build": ("divan build", "divan build --full"),
    "index": ("divan index",),
    "serve": ("divan serve --open", "divan serve --port 8080"),
    "draft": ("divan draft mon-etude before avant.csv",),
    "form": ("divan form mon-etude before kobo.xlsx", "divan form mon-etude before redcap.csv"),
    "import": ("divan import mon-etude before avant.csv --dry-run", "divan import mon-etude before avant.xlsx"),
    "chat": ("divan chat import douaisis-2020 export.txt --members membres.csv",),
    "code": ("divan code douaisis-2020 --coder A --open", "divan code douaisis-2020 --consensus"),
    "codes": ("divan codes export douaisis-2020 arbre.qdc", "divan codes rename douaisis-2020 fatigue epuisement"),
    "report": ("divan report mon-etude", "divan report --stale", "divan report mon-etude --kit these --lang en"),
    "plan": ('divan plan freeze mon-etude --deposit "OSF, x7k2p"',),
    "power": ("divan power mon-etude --sd 1,8", "divan power mon-etude --sd 1,8 --people 60"),
    "collect": ("divan collect --port 8001",),
    "try": ("divan try mon-etude", "divan try mon-etude before --date 2026-12-01"),
    "desk": ("divan desk --port 8002",),
    "export": ("divan export mon-etude before", "divan export mon-etude before --output -"),
    "tokens": (
        "divan tokens fiche-dos before 40",
        "divan tokens fiche-dos before --members membres.csv",
        "divan tokens fiche-dos before",
    ),
    "choices": ("divan choices",),
    "erase": ("divan erase ABCD-EFGH-JKLM",),
    "forget": ("divan forget mon-etude", "divan forget mon-etude --now"),
    "admit": ("divan admit mon-etude before before-c0042",),
    "backup": ("divan backup --passphrase /root/phrase.txt",),
    "restore": ("divan restore .divan/backups/divan-2026-03-14.age",),
    "remind": ("divan remind mon-etude after",),
    "consult": ("divan consult permanence-2026",),
    "members": ('divan members key "Anne Aulne"', "divan members seal", 'divan members revoke "Anne Aulne"'),
    "moderators": ("divan moderators add merle --url https://divan.example", "divan moderators revoke merle"),
    "news": ("divan news",),
    "digest": ("divan digest", "divan digest --week 2026-W48 --send", "divan digest --members"),
    "activity": ("divan activity --views pages.csv",),
    "withdraw": ("divan withdraw 2026-03-14-k7f2 --reason patient",),
    "intake": ("divan intake recu.eml",),
    "purge": ("divan purge 2026-03-14-k7f2",),
    "image": ("divan image photo.heic",),
    "preview": ("divan preview", "divan preview --since origin/main --output apercu.html"),
}  # fmt: skip


def shown(name: str) -> str:
    """The end of a command's help."""
    head = "exemples :" if len(EXAMPLES[name]) > 1 else "exemple :"
    return "\n".join([in_our_language(head), *(f"  {one}" for one in EXAMPLES[name])])
