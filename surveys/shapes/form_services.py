"""The form services whose exports are known: the columns that are theirs, and how they join what is ticked.

Sources: each service's help pages on its exports; columns that a service adds are left aside without a word, those that
say who answered are dropped and named.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from divan.sources.reader_text import fold


@dataclass(frozen=True, slots=True)
class FormService:
    """A service: ``marks`` are columns that only it writes, ``own`` all that hold no answer, ``stamps`` its dates.

    ``joiner`` parts ticked choices where the answers do not show another; ``apart`` when the text of « other » never
    shares the cell of the choices, so that an unknown label there is a fault.
    """

    name: str
    marks: tuple[str, ...]
    joiner: str
    own: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()
    apart: bool = False


SERVICES = (
    FormService(
        "export de Qualtrics",
        ("responseid", "recordeddate"),
        ",",
        ("StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "ResponseId",
         "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference", "LocationLatitude",
         "LocationLongitude", "DistributionChannel", "UserLanguage", "Start Date", "End Date", "Response Type",
         "IP Address", "Response ID", "Recipient Last Name", "Recipient First Name", "Recipient Email",
         "External Data Reference", "Location Latitude", "Location Longitude", "Distribution Channel", "User Language",
         "Date de début", "Date de fin", "Type de réponse", "Adresse IP", "Progression", "Durée (en secondes)",
         "Terminé", "ID de réponse", "Nom du destinataire", "Prénom du destinataire", "E-mail du destinataire",
         "Référence de données externe", "Latitude de l'emplacement", "Longitude de l'emplacement",
         "Canal de distribution", "Langue de l'utilisateur"),
        ("RecordedDate", "Recorded Date", "Date d'enregistrement"),
        apart=True,
    ),
    FormService(
        "export de SurveyMonkey",
        ("respondent id", "collector id"),
        ", ",
        ("Respondent ID", "Collector ID", "Start Date", "IP Address", "Email Address", "First Name", "Last Name",
         "Custom Data 1"),
        ("End Date", "Start Date"),
        apart=True,
    ),
    FormService(
        "export de SurveyMonkey",
        ("id du repondant", "id du collecteur"),
        ", ",
        ("ID du répondant", "ID du collecteur", "Date de début", "Adresse IP", "Adresse e-mail", "Adresse email",
         "Prénom", "Nom de famille", "Nom", "Données personnalisées 1"),
        ("Date de fin", "Date de début"),
        apart=True,
    ),
    FormService(
        "export de KoboToolbox",
        ("_uuid", "_submission_time"),
        " ",
        ("start", "end", "today", "username", "deviceid", "phonenumber", "_id", "_uuid", "_validation_status", "_notes",
         "_status", "_submitted_by", "__version__", "_tags", "_index", "meta/rootUuid", "meta/instanceID",
         "meta/instanceName", "_geolocation", "_attachments"),
        ("_submission_time",),
        apart=True,
    ),
    FormService(
        "export de Framaforms",
        ("sid", "uid"),
        ";",
        ("SID", "UID", "Serial", "Série", "Numéro de série", "Completed Time", "Modified Time", "Draft", "Username",
         "IP Address", "Terminé à", "Heure de fin", "Modifié à", "Heure de modification", "Brouillon", "Adresse IP",
         "Nom d'utilisateur", "Date d'achèvement", "Date de modification", "Completed", "Modified"),
        ("Submitted Time", "Time", "Heure", "Heure de soumission", "Date de soumission", "Envoyé à", "Soumis à"),
        apart=True,
    ),
    FormService(
        "export de Sphinx",
        ("date_saisie", "origine_saisie"),
        " ; ",
        ("CLE", "DATE_ENREG", "DATE_MODIF", "TEMPS_SAISIE", "ORIGINE_SAISIE", "LANG_SAISIE", "APPAREIL_SAISIE",
         "PROGRESSION", "DERNIERE_QUESTION_SAISIE"),
        ("DATE_SAISIE",),
        apart=True,
    ),
    FormService(
        "export de Microsoft Forms",
        ("completion time",),
        ";",
        ("ID", "Start time", "Email", "Name", "Last modified time", "Language", "Total points", "Quiz feedback"),
        ("Completion time",),
    ),
    FormService(
        "export de Microsoft Forms",
        ("heure de fin", "heure de debut"),
        ";",
        ("ID", "Heure de début", "Adresse de messagerie", "Nom", "Heure de la dernière modification", "Langue",
         "Nombre total de points", "Commentaires sur le questionnaire"),
        ("Heure de fin",),
    ),
)  # fmt: skip
SPREADSHEET = FormService("export d'un tableur", (), ", ")
OURS = FormService("CSV de Divan", (), ";")


def service_of(header: Collection[str]) -> FormService:
    """The service whose columns these are; any table whose headings are questions can be read as a spreadsheet's."""
    named = {fold(cell) for cell in header}
    return next((service for service in SERVICES if named.issuperset(service.marks)), SPREADSHEET)


@cache
def own_names() -> frozenset[str]:
    """The folded name of every column that a service adds."""
    columns = (name for service in SERVICES for name in (*service.marks, *service.own, *service.stamps))
    return frozenset(map(fold, columns))
