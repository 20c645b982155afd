"""The forms of a region, in the site's own language."""

from wagtail.models import Locale

from cms.models.form import Form
from home.setup.blocks import RawBlock, References
from home.setup.content import Record
from home.setup.identity import identity
from home.setup.records import save
from home.setup.report import Report

_TEXTS = ["title", "introduction", "submit_label", "thanks", "privacy", "mailbox", "contact_text", "contact_email"]


def set_up_forms(records: list[Record], locale: Locale, references: References, report: Report) -> None:
    """Make the forms that are missing, live."""
    for record in records:
        key = identity("form", record.text("key"))
        form = Form.objects.filter(translation_key=key, locale=locale).first()
        report.add("Formulieren", new=form is None)
        if form is None:
            texts = {name: record.text(name) for name in _TEXTS}
            form = Form(translation_key=key, locale=locale, questions=_questions(record), **texts)
            save(form, record.place)
            form.save_revision().publish()
        references.add("formulier", record.text("key"), form.pk)


def _questions(record: Record) -> list[RawBlock]:
    return [
        {
            "type": question.text("soort"),
            "id": str(identity("question", record.text("key"), number)),
            "value": {
                "label": question.text("label"),
                "help_text": question.text("help", ""),
                "required": question.flag("required"),
            },
        }
        for number, question in enumerate(record.tables("vragen"))
    ]
