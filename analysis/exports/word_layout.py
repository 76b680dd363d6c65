"""What Word needs and python-docx does not know: A4 pages, numbered captions, fields, a language for each passage."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

A4 = (21.0, 29.7)
MARGIN = 2.5
FONT = "Arial"
FRENCH, ENGLISH = "fr-FR", "en-GB"


def set_page(document: WordDocument, spelt: str) -> None:
    """A4 upright, page numbers at the foot, sober styles, a language for the spelling checker."""
    _sized(document.sections[0], landscape=False)
    for name, size in (("Normal", 10), ("Title", 18), ("Heading 1", 14), ("Heading 2", 12), ("Caption", 10)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [one for one in fonts.attrib if one.endswith("Theme")]:
            del fonts.attrib[attribute]  # the theme's letters would prevail
        for place in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(place), FONT)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), spelt)
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(foot, "PAGE", "1")


def turn_page(document: WordDocument, *, landscape: bool) -> None:
    """A page that lies on its side, or stands up again, from here on."""
    if (document.sections[-1].orientation == WD_ORIENT.LANDSCAPE) != landscape:
        _sized(document.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)


def add_caption(document: WordDocument, kind: str, number: int, words: str) -> Paragraph:
    """« Tableau 3. … », numbered by a field, so that Word renumbers it and can list it."""
    caption = document.add_paragraph(f"{kind}\u00a0", style="Caption")
    add_field(caption, f"SEQ {kind} \\* ARABIC", str(number))
    caption.add_run(f". {words}")
    return caption


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field, and what it shows until Word computes it again."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = shown
    run.append(words)
    field.append(run)
    paragraph._p.append(field)


def say_in(run: Run, language: str) -> None:
    """The language that the spelling checker reads a passage in."""
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(mark)


def _sized(section: Section, *, landscape: bool) -> None:
    wide, high = sorted(A4, reverse=landscape)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(wide), Cm(high)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(MARGIN))
