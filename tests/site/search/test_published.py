"""What a published page says: before the fold, after it, and nothing that is no text."""

from divan.site.search.published import PublishedText, read_page

PAGE = """<body><nav>Menu</nav><main id="contenu" data-find>
<article><header data-find="skip"><h1>Un titre</h1><p>Par merle</p></header>
<h2 data-find="skip">Question</h2><p>Une <strong>to</strong>ux &amp; un r&eacute;flexe, ASAT &lt; 2&nbsp;N</p>
<img alt="a > b" src="x"><p>Puis.</p><!-- <p>rien</p> -->
<details class="fold" id="resolution"><summary><h2>Résolution</h2></summary><p>C'était cela.</p></details>
<section class="sources">Une source</section>
<form><p>Votre réponse</p><form></form></form>
</article></main><footer>Pied</footer></body>"""


def test_what_is_read_first_ends_at_the_fold() -> None:
    text = read_page(PAGE)
    assert text is not None
    assert text.before == "Une toux & un réflexe, ASAT < 2 N Puis."
    assert text.after == "Résolution C'était cela. Une source"


def test_a_heading_that_is_shown_is_the_title() -> None:
    assert read_page("<main data-find><h1>La <em>charte</em></h1><p>Dix points.</p></main>") == PublishedText(
        "La charte", "Dix points.", ""
    )


def test_replies_come_after() -> None:
    page = '<main data-find><p>Avant.</p><section class="replies" id="reponses"><p>Une réponse.</p></section></main>'
    assert read_page(page) == PublishedText("", "Avant.", "Une réponse.")


def test_a_page_that_is_not_marked_is_not_to_be_found() -> None:
    assert read_page("<main><h1>Page retirée</h1></main>") is None
    assert read_page("") is None


def test_what_is_skipped_ends_with_its_own_tag() -> None:
    page = '<main data-find><div data-find="skip">non <div>non</div> non</div>oui <p data-find="skip">non</p>oui</main>'
    found = read_page(page)
    assert found is not None and found.before == "oui oui"
