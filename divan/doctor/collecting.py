"""What the doctor looks at of the collector and of the mail servers."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from divan.builder.settings import Settings
from divan.doctor.asking import NoAnswer, ask
from divan.doctor.observation import Observation, lacking, unseen, well
from divan.sources.problem import ProblemsFound

OLDEST_BACKUP = 7  # jours


def collector_url(settings: Settings) -> str:
    """Where the published site sends; empty when the group has no collector."""
    proposals = str(settings.get("PROPOSALS_URL") or "")
    if not proposals.endswith("proposals/"):
        return ""
    return urljoin(f"{settings.url}/", proposals.removesuffix("proposals/") or "/")


def collector(settings: Settings) -> Observation:
    """It answers, and would save an answer now."""
    url = collector_url(settings)
    if not url:
        return unseen("aucun collecteur dans les réglages : réponses et propositions partent en fichier")
    try:
        answer = ask(urljoin(url, "health"))
    except NoAnswer as why:
        if why.offline:
            return unseen(f"{url} : {why}")
        if "DIVAN_COLLECTOR" not in os.environ and "localhost" in url:
            return unseen(f"{url} : {why}", "dites où est le vôtre, DIVAN_COLLECTOR=https://… divan doctor")
        return lacking(f"{url} : {why}", "systemctl status divan-collector, et l'adresse dans DIVAN_COLLECTOR")
    if answer.body.get("status") not in ("ok", "unavailable"):
        return lacking(f"{url} répond, mais ce n'est pas un collecteur", "relayez /health, comme dans deploy/")
    if answer.status != 200:
        return lacking(f"{url} ne peut rien enregistrer", "place libre, droits de .divan/, PostgreSQL en marche ?")
    days = answer.body.get("days_since_backup", 0)
    if days is None or days > OLDEST_BACKUP:
        return lacking(f"{url} reçoit, mais n'a pas été sauvegardé depuis longtemps", "là-bas : divan backup, par cron")
    return well(f"{url} reçoit")


def mail(settings: Settings) -> Observation:
    """Each mail server of the settings lets us in; nothing is sent."""
    named = [name for name in ("NEWS", "LETTER") if settings.get(name)]
    if not named:
        return unseen("ni NEWS ni LETTER dans les réglages : aucun courriel ne part d'ici")
    faults = [fault for name in named if (fault := _mail_fault(name, settings[name]))]
    if faults:
        return lacking(" ; ".join(faults), "l'hôte, l'utilisateur, et DIVAN_SMTP_PASSWORD dans l'environnement")
    return well(f"le serveur de courriel ouvre ({' et '.join(named)})")


def _mail_fault(name: str, said: Mapping[str, Any]) -> str:
    from divan.collector.mail_server import read_server

    try:
        with read_server(name, said, ("host", "from")).opened() as session:
            session.quit()
    except ProblemsFound as found:
        return " ; ".join(problem.message for problem in found.problems)
    except smtplib.SMTPAuthenticationError:
        return f"{name} : le serveur refuse l'utilisateur ou son mot de passe"
    except (OSError, smtplib.SMTPException):
        return f"{name} : le serveur de courriel ne répond pas, ou pas en STARTTLS"
    return ""
