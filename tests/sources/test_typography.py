"""French as it is printed, in every page by one filter; what is code, an attribute or an address stays as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.sources.typography import typeset, typeset_html

N = "\u00a0"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("l'os, aujourd'hui, qu'il", "l’os, aujourd’hui, qu’il"),
        ("d'1 mg, S'il", "d’1 mg, S’il"),
        ("Quoi ? Rien : tout ; oui !", f"Quoi{N}? Rien{N}: tout{N}; oui{N}!"),
        ("« C'est le médicament »", f"«{N}C’est le médicament{N}»"),
        ("le 1er mai, au 1er, 1er", "le 1ᵉʳ mai, au 1ᵉʳ, 1ᵉʳ"),
        ("11er, v1.1er, 1ers", "11er, v1.1er, 1ers"),  # ce n'est pas un jour
        ("5' au total, à 30'", "5' au total, à 30'"),  # des minutes
        ("déjà l’os\u00a0?", "déjà l’os\u00a0?"),
        ("12:30, a:b, 3/4", "12:30, a:b, 3/4"),
        ("https://exemple.fr/l'avis?a=1 d'hier", "https://exemple.fr/l'avis?a=1 d’hier"),
        ("écrire à o'brien@exemple.fr, d'abord", "écrire à o'brien@exemple.fr, d’abord"),
    ],
)
def test_a_text_as_it_is_printed(written: str, printed: str) -> None:
    assert typeset(written) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("<p>l'os</p>", "<p>l’os</p>"),
        ("<p>l&#39;os et l&#x27;avis</p>", "<p>l’os et l’avis</p>"),
        ("<p>l'<em>IEC</em></p>", "<p>l’<em>IEC</em></p>"),
        ("<img alt=\"l'os : ici\"><p>d'ici</p>", '<img alt="l\'os : ici"><p>d’ici</p>'),
        ("<p>l'os <code>l'os ?</code> l'os</p>", "<p>l’os <code>l'os ?</code> l’os</p>"),
        ("<pre>l'os <b>d'ici</b></pre><p>l'os</p>", "<pre>l'os <b>d'ici</b></pre><p>l’os</p>"),
        ("<textarea>l'os</textarea><p>l'os</p>", "<textarea>l'os</textarea><p>l’os</p>"),
        ("<textarea></textarea><p>l'os</p>", "<textarea></textarea><p>l’os</p>"),
        ("<a href=\"/l'os\">https://x.fr/l'os</a>", "<a href=\"/l'os\">https://x.fr/l'os</a>"),
    ],
)
def test_a_page_as_it_is_printed(written: str, printed: str) -> None:
    assert typeset_html(written) == printed


_TEXTS = st.text("al'é 1er:;?!«»&@.\u00a0’", max_size=40)


@given(_TEXTS)
def test_what_is_printed_stays_as_it_is_and_nothing_is_lost(text: str) -> None:
    printed = typeset(text)
    assert typeset(printed) == printed
    plain = printed.replace("’", "'").replace(N, " ").replace("ᵉʳ", "er")
    assert plain == text.replace("’", "'").replace(N, " ")


@given(_TEXTS, st.sampled_from(["code", "pre", "kbd", "textarea", "script"]))
def test_no_sign_of_code_changes(text: str, element: str) -> None:
    kept = f"<{element}>{text}</{element}>"
    assert typeset_html(f"<p>l'os</p>{kept}<p>l'os</p>") == f"<p>l’os</p>{kept}<p>l’os</p>"
