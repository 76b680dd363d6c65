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

BLIND_QUERIES = {
    # écrites en ne lisant que les titres, sans regarder ce qui en serait trouvé

    "pneumopathie": "2026-01-08-ylwb", "DFG": "2026-06-24-2gof", "INR": "2026-09-08-kqqa", "ACFA": "2026-09-08-kqqa",
    "bouchon d’oreille": "2026-05-20-vayr", "coup de tonnerre": "2025-12-12-3hpl", "mal de tete": "2026-02-03-gpih",
    "nourissons": "2025-11-19-napk", "bronchiolites": "2025-11-19-napk", "démangeaisons": "2025-12-02-n62u",
    "maison de retraite": "2025-12-02-n62u", "contraceptif oral": "2026-01-20-unfv", "pillule": "2026-01-20-unfv",
    "chutes a repetition": "2026-03-03-q4g3", "lumbagos": "2026-03-30-hotz", "mal de dos": "2026-03-30-hotz",
    "sang dans les urines": "2026-04-07-6wd4", "anti-coagulants": "2026-04-07-6wd4",
    "diarrhee aqueuse": "2026-04-28-7rud", "oeuil rouge": "2026-03-24-6fgz", "PSA prostate": "2026-05-27-lxfp",
    "douleurs thoraciques": "2026-06-02-2g5x", "cholestérol": "2026-06-11-abx2", "creatinine": "2026-06-24-2gof",
    "ictère": "2026-07-01-a4lu", "vertiges": "2026-09-15-wp2q",
    "perte de connaissance": "2026-09-22-ufbc", "arthralgies": "2026-10-12-ckga", "phobie scolaire": "2026-10-28-st4g",
    "tamoxifene": "2026-11-09-664k", "hyperéosinophilie": "2026-11-17-vmcb", "granulomes": "2026-11-20-hfab",
    "dermato": "2026-08-24-c2ig", "CARMF": "2026-03-30-q2lf", "rupture de stock": "2026-03-09-b5xa",
    "penurie medicament": "2026-03-09-b5xa", "annonce d’une mauvaise nouvelle": "2026-04-14-v3sj",
    "enregistrement de la consultation": "2026-02-23-n2ke",
    "reeducation perinéale": "2026-11-12-u3tb", "écho": "2026-11-16-o7ez", "cœur": "2025-11-04-uykp",
    "coeur": "2025-11-04-uykp", "kinésithérapeute": "2026-05-12-d7mg", "post partum": "2026-11-12-u3tb",
    "canal carpien": "2025-11-04-uykp", "exacerbation BPCO": "2026-02-24-heyt",
}  # fmt: skip

FOUR_PHYSICIANS = {
    # une généraliste de campagne, pressée, sur son téléphone : sans accents, abrégé, parfois de travers
    "gale ehpad": "2025-12-02-n62u", "bronchio 2 mois": "2025-11-19-napk",
    "migraine avec aura pilule": "2026-01-20-unfv",
    "jaunise": "2026-07-01-a4lu", "glaucome aigu": "2026-03-24-6fgz", "horton": "2026-02-03-gpih",
    "kawasaki": "2026-07-07-fq72", "surdite brusque": "2026-05-20-vayr", "hypo na": "2026-03-03-q4g3",
    "toux sous ramipril": "2026-03-14-r7yu",
    # un interne, qui écrit des phrases entières
    "que faire devant une céphalée brutale ?": "2025-12-12-3hpl",
    "Quand faut-il hospitaliser un nourrisson qui siffle ?": "2025-11-19-napk",
    "comment expliquer l’inhalateur à un patient atteint de BPCO": "2026-02-24-heyt",
    "faut-il arrêter la statine après 75 ans": "2026-06-11-abx2",
    "mon patient sous anticoagulant a du sang dans les urines": "2026-04-07-6wd4",
    "conduite à tenir devant une chute chez le sujet âgé": "2026-03-03-q4g3",
    "quel antibiotique si l’amoxicilline ne marche pas": "2026-01-08-ylwb",
    "enfant fébrile depuis 5 jours avec éruption": "2026-07-07-fq72",
    "une femme enceinte ou qui vient d’accoucher a le cœur qui s’emballe": "2026-04-16-xfp2",
    "élévation de la créatinine sous IEC": "2026-06-24-2gof",
    # une confrère qui parle en spécialiste : synonymes savants, abréviations, noms de marque
    "spondylodiscite": "2026-03-30-hotz", "SVCR": "2025-12-12-3hpl", "amylose": "2025-11-04-uykp",
    "hyperparathyroidie primaire": "2026-02-10-gtk3", "colite microscopique": "2026-04-28-7rud",
    "virage maniaque": "2026-02-17-x2nb", "syndrome coronarien aigu": "2026-06-02-2g5x", "alpha-gal": "2026-05-06-b4l3",
    "Previscan": "2026-09-08-kqqa", "Eliquis": "2026-09-08-kqqa", "Mopral": "2026-04-28-7rud",
    "Clamoxyl": "2026-03-09-b5xa",
    # un médecin fatigué : fautes, pluriels, mots de tous les jours
    "granulome anulaire": "2026-11-20-hfab", "chikoungounia": "2026-10-12-ckga", "kynésithérapeutes": "2026-05-12-d7mg",
    "dosages du psa": "2026-05-27-lxfp", "bouffé de chaleur": "2026-11-09-664k", "evanouissements": "2026-09-22-ufbc",
    "delai dermatologue": "2026-08-24-c2ig", "annonse diagnostic": "2026-04-14-v3sj",
}  # fmt: skip

AND_FOUR_MORE = {
    # écrites une fois la recherche corrigée, et mesurées telles quelles
    "bebe qui tousse": "2025-11-19-napk", "amylose cardiaque": "2025-11-04-uykp", "demangaisons": "2025-12-02-n62u",
    "cephalee en coup de tonerre": "2025-12-12-3hpl", "antibio inefficace": "2026-01-08-ylwb",
    "migraines": "2026-01-20-unfv",
    "arterite temporale": "2026-02-03-gpih", "calcemie": "2026-02-10-gtk3", "trouble bipolaire": "2026-02-17-x2nb",
    "technique d'inhalation": "2026-02-24-heyt", "hyponatremie": "2026-03-03-q4g3",
    "effets secondaires IEC": "2026-03-14-r7yu",
    "urgence ophtalmo": "2026-03-24-6fgz", "douleurs lombaires fébriles": "2026-03-30-hotz",
    "hematuries": "2026-04-07-6wd4",
    "thyroidite": "2026-04-16-xfp2", "diarhées": "2026-04-28-7rud", "allergie viande": "2026-05-06-b4l3",
    "surdité": "2026-05-20-vayr", "dépistage cancer prostate": "2026-05-27-lxfp", "infarctus": "2026-06-02-2g5x",
    "Tahor personne agée": "2026-06-11-abx2", "insuffisance renale": "2026-06-24-2gof", "lepto": "2026-07-01-a4lu",
    "vascularite enfant": "2026-07-07-fq72", "ACO": "2026-09-08-kqqa", "nystagmus": "2026-09-15-wp2q",
    "allongement du QT": "2026-09-22-ufbc", "douleurs articulaires chik": "2026-10-12-ckga",
    "maux de ventre ecole": "2026-10-28-st4g",
    "bouffees vasomotrices": "2026-11-09-664k", "hyper-éosinophilie": "2026-11-17-vmcb",
    "dermatophytie": "2026-11-20-hfab",
    "avis dermatologique photos": "2025-11-17-m3qd", "certificat médical inutile": "2025-12-04-r6tw",
    "patient qui enregistre": "2026-02-23-n2ke", "retraite complementaire CARMF": "2026-03-30-q2lf",
    "comment annoncer un cancer au téléphone": "2026-04-14-v3sj", "logiciels medicaux": "2026-06-08-w5ap",
    "vague de chaleur": "2026-07-01-f4ox", "perinee": "2026-11-12-u3tb", "formation echo": "2026-11-16-o7ez",
}  # fmt: skip

ON_A_PHONE = {
    # aucune ne trouvait son fil avant les adjectifs, les verbes, les aïeux et les marques sans ordonnance
    "gaa": "2026-03-24-6fgz", "GAFA": "2026-03-24-6fgz", "ACG": "2026-02-03-gpih", "HPT": "2026-02-10-gtk3",
    "actifed": "2025-12-12-3hpl", "actifed hta": "2025-12-12-3hpl", "dolirhume": "2025-12-12-3hpl",
    "galvus": "2025-12-02-n62u", "xelevia": "2025-12-02-n62u", "forxiga creat augmente": "2026-06-24-2gof",
    "papi confus": "2026-03-03-q4g3", "mamie confuse": "2026-03-03-q4g3", "confus": "2026-03-03-q4g3",
    "papy tombe": "2026-03-03-q4g3", "mamie qui tombe": "2026-03-03-q4g3", "tombe": "2026-03-03-q4g3",
    "papy qui tombe sous esidrex": "2026-03-03-q4g3", "patient déprimé": "2026-02-17-x2nb",
    "deprimé sous irs": "2026-02-17-x2nb", "asthmatique": "2026-03-14-r7yu", "ictérique": "2026-07-01-a4lu",
    "maigrit": "2026-04-28-7rud",
}  # fmt: skip

OF_MEMBERS = {
    # écrites avec BLIND_QUERIES : leurs fils ne se lisent que dans l’espace des membres
    "BZD": "2026-11-03-oqqa", "burn-out": "2026-11-03-oqqa", "burnout soignant": "2026-11-03-oqqa",
    "violences conjugales": "2026-09-01-2bhj", "plainte ordre": "2026-09-21-s5kn",
}  # fmt: skip

PUBLIC = {
    "first": FRENCH_QUERIES,
    "blind": BLIND_QUERIES,
    "four": FOUR_PHYSICIANS,
    "more": AND_FOUR_MORE,
    "phone": ON_A_PHONE,
}
