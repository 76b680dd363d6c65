"""What a physician types, and a thread that has to be among the first five: abbreviations, slips, plurals, synonyms."""

FRENCH_QUERIES = {
    # abréviations
    "HTA": "2026-06-24-2gof", "BPCO": "2026-02-24-heyt", "AVC": "2026-09-15-wp2q", "FA": "2026-09-08-kqqa",
    "AVK": "2026-09-08-kqqa", "AOD": "2026-09-08-kqqa", "IPP": "2026-04-28-7rud", "QT": "2026-09-22-ufbc",
    "ECG": "2026-06-02-2g5x", "PSA": "2026-05-27-lxfp", "SCA": "2026-06-02-2g5x", "IEC": "2026-03-14-r7yu",
    "IRC": "2026-06-24-2gof", "EHPAD": "2025-12-02-n62u", "IC": "2025-11-04-uykp", "ETP": "2026-02-24-heyt",
    "ORL": "2026-05-20-vayr", "TSH": "2026-04-16-xfp2", "bpco": "2026-02-24-heyt", "hta": "2026-06-24-2gof",
    # en toutes lettres
    "accident vasculaire cérébral": "2026-09-15-wp2q", "fibrillation auriculaire": "2026-09-08-kqqa",
    "inhibiteur de la pompe à protons": "2026-04-28-7rud", "insuffisance cardiaque": "2025-11-04-uykp",
    "inhibiteur de l'enzyme de conversion": "2026-03-14-r7yu", "anticoagulants": "2026-04-07-6wd4",
    "électrocardiogramme": "2026-06-02-2g5x", "maladie rénale chronique": "2026-06-24-2gof",
    # accents, casse, apostrophes, ligatures
    "hypercalcemie": "2026-02-10-gtk3", "CEPHALEE": "2025-12-12-3hpl", "cephalees": "2026-02-03-gpih",
    "œil rouge": "2026-03-24-6fgz", "oeil rouge": "2026-03-24-6fgz", "l’oreille": "2026-05-20-vayr",
    "l'oreille": "2026-05-20-vayr", "eosinophiles": "2026-11-17-vmcb", "éosinophilie": "2026-11-17-vmcb",
    "menopause": "2026-11-09-664k", "thyroide": "2026-04-16-xfp2", "syncopes": "2026-09-22-ufbc",
    # fautes de frappe
    "amoxiciline": "2026-03-09-b5xa", "bronchiolitte": "2025-11-19-napk", "hematurrie": "2026-04-07-6wd4",
    "pnuemonie": "2026-01-08-ylwb", "chikungounya": "2026-10-12-ckga", "anaphilaxie": "2026-05-06-b4l3",
    "lombagie": "2026-05-12-d7mg", "vertge": "2026-09-15-wp2q", "statines": "2026-06-11-abx2",
    # comme on parle
    "que faire devant une toux sèche": "2026-03-14-r7yu", "chute personne âgée": "2026-03-03-q4g3",
    "diarrhée chronique": "2026-04-28-7rud", "fièvre mains gonflées": "2026-07-07-fq72",
    "douleur thoracique": "2026-06-02-2g5x", "palpitations": "2026-04-16-xfp2", "mal au ventre": "2026-10-28-st4g",
    "urticaire": "2026-05-06-b4l3", "bouffées de chaleur": "2026-11-09-664k", "pilule migraine": "2026-01-20-unfv",
    "certificat crèche": "2025-12-04-r6tw", "groupe de pairs": "2026-01-19-h4vz", "canicule": "2026-07-01-f4ox",
    "logiciel": "2026-06-08-w5ap", "échographie": "2026-11-16-o7ez", "kiné lombalgie": "2026-05-12-d7mg",
    "photo lésion": "2025-11-17-m3qd", "remplaçant retraite": "2026-03-30-q2lf", "leptospirose": "2026-07-01-a4lu",
    "gale": "2025-12-02-n62u", "antidépresseur": "2026-02-17-x2nb",
}  # fmt: skip
