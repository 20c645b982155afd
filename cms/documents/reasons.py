"""What editors are told: why a file is refused, and why a file could not be read; each says what to do."""

from django.utils.translation import gettext_lazy as _

REFUSED = {
    "empty": _("Dit bestand is leeg. Kies een bestand waar iets in staat."),
    "damaged": _("Dit bestand is beschadigd of niet helemaal opgeslagen. Maak of download het opnieuw."),
    "no_pages": _("Deze pdf heeft geen pagina's. Maak de pdf opnieuw."),
    "executable": _("Dit bestand is een programma. Programma's mogen niet op de site. Plaats een document."),
    "script": _("Dit bestand is een script: het kan iets uitvoeren. Plaats de tekst als pdf."),
    "active_html": _("In deze webpagina zitten scripts of ingesloten onderdelen. Sla de pagina op als pdf."),
    "svg": _("Een SVG-tekening kan scripts bevatten. Sla de tekening op als pdf of als PNG."),
    "image": _("Dit is een afbeelding. Plaats haar bij Afbeeldingen, of sla haar op als pdf."),
    "archive": _("Dit is een archief met andere bestanden. Pak het uit en plaats de bestanden zelf."),
    "password": _("Dit bestand zit op slot met een wachtwoord. Sla het op zonder wachtwoord."),
    "macros": _("In dit bestand zitten macro's: die kunnen iets uitvoeren. Sla het op zonder macro's, of als pdf."),
    "embedded": _("In dit bestand zit een ander bestand dat iets kan uitvoeren. Verwijder dat, of sla dit op als pdf."),
    "old_office": _("Dit is een oud bestandsformaat. Sla het op als docx, pptx, xlsx of pdf."),
    "other_office": _("Dit is een sjabloon of een ander soort officebestand. Sla het op als docx, pptx, xlsx of pdf."),
    "pdf_script": _("In deze pdf zitten scripts. Druk de pdf opnieuw af als pdf ('Afdrukken naar pdf') en plaats die."),
    "pdf_launch": _(
        "Deze pdf kan een programma starten. Druk de pdf opnieuw af als pdf ('Afdrukken naar pdf') en plaats die."
    ),
    "slow": _("Deze pdf is zo ingewikkeld dat de controle vastloopt. Druk haar opnieuw af als pdf en plaats die."),
    "not_html": _("In dit bestand staat geen webpagina. Geef het de extensie die bij de inhoud past."),
    "unknown": _("Wat voor bestand dit is, is niet te herkennen. Plaats een pdf of een officebestand."),
}

# Made to harm who opens it, or as good as: readers do not get such a file (cms/visibility.py).
UNSAFE = frozenset({"hostile", "unpacked"})

NO_NAME = _("Dit bestand heeft geen naam. Geef het een naam met letters of cijfers.")
TRICKY_NAME = _("De bestandsnaam heeft verborgen tekens of een pad. Geef het bestand een gewone naam.")
RESERVED_NAME = _("De naam '%(name)s' gebruikt Windows zelf. Geef het bestand een andere naam.")
DOUBLE_NAME = _("De bestandsnaam doet zich voor als een programma (.%(extension)s). Geef het bestand een andere naam.")
LONG_NAME = _("De bestandsnaam is te lang (%(length)s tekens). Maak hem korter dan 255 tekens.")
NOT_ALLOWED = _("Bestanden van het soort .%(extension)s kunnen hier niet. Kies: %(allowed)s.")
NO_EXTENSION = _("De bestandsnaam heeft geen extensie. Dit is een %(right)s-bestand: zet .%(right)s achter de naam.")
WRONG_EXTENSION = _(
    "De naam eindigt op .%(extension)s, maar dit is een %(right)s-bestand. Laat de naam eindigen op .%(right)s."
)
TOO_LARGE = _("Dit bestand is te groot: %(size)s. Het mag %(most)s zijn. Maak het kleiner of splits het.")

UNREAD = {
    "pages": _("Dit bestand heeft meer dan 3.000 pagina's. De eerste 3.000 zijn doorzoekbaar. Splits het bestand."),
    "characters": _("Er staat meer tekst in dan de zoekmachine aankan. Het eerste deel is doorzoekbaar. Splits het."),
    "unpacked": _(
        "Dit bestand wordt bij het uitpakken veel te groot. Lezers krijgen het niet. "
        "Sla het opnieuw op, of maak er een pdf van."
    ),
    "memory": _("Lezen kost te veel geheugen. Maak het bestand eenvoudiger of splits het."),
    "time": _("Lezen duurt te lang. Maak het bestand eenvoudiger of splits het."),
    "damaged": REFUSED["damaged"],
    "hostile": _(
        "Dit bestand is gemaakt om programma's te laten vastlopen. Lezers krijgen het niet. "
        "Vertrouw het niet en verwijder het."
    ),
    "password": REFUSED["password"],
    "no_pages": REFUSED["no_pages"],
    "crashed": _("Lezen gaat mis op de inhoud van dit bestand. Sla het opnieuw op, of maak er een pdf van."),
    "missing": _("Het bestand zelf is niet gevonden. Plaats het opnieuw."),
    "interrupted": _("Lezen is drie keer afgebroken. Klik op 'Lees opnieuw', of sla het bestand opnieuw op."),
    "no_text": _(
        "Er staat geen tekst in die een computer kan lezen, zoals bij een scan. Laat tekstherkenning (OCR) uitvoeren."
    ),
    "illegible": _(
        "De letters zijn niet te herkennen: het lettertype zegt niet welke het zijn. Maak de pdf opnieuw uit de bron."
    ),
    "kind": _("Uit dit soort bestand wordt geen tekst gelezen."),
}
