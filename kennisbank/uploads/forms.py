"""Forms of an upload of many files: what holds for all of them, and what holds for one.

They keep what the editor sent, as plain text, whether it is right or not: so nothing is lost when something is wrong.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TranslatableMixin

from districts.models import DistrictPage, Municipality
from kennisbank.models.pages import DOCUMENT_LANGUAGES
from kennisbank.models.terms import Audience, PublicationType
from kennisbank.uploads.models import Action, Match, UploadedFile
from network.models import Organisation
from themes.models import ThemePage

# As the editor sent them: {name of the field: its values}.
Values = dict[str, list[str]]


def offered(model: type[Model]) -> QuerySet:
    """Give what can be chosen: pages and terms in the site's own language, for facts point at those."""
    records = model._default_manager.all()
    if issubclass(model, TranslatableMixin):
        records = records.filter(locale__language_code=settings.LANGUAGE_CODE)
    return records.order_by("path" if issubclass(model, Page) else "name")


def choice(model: type[Model], label: Any, **options: Any) -> forms.ModelChoiceField:
    """Give a field in which one record is chosen."""
    return forms.ModelChoiceField(queryset=offered(model), label=label, required=False, **options)


def choices(model: type[Model], label: Any) -> forms.ModelMultipleChoiceField:
    """Give a field in which several records are ticked."""
    return forms.ModelMultipleChoiceField(
        queryset=offered(model), label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


def day(label: Any, **options: Any) -> forms.DateField:
    """Give a field with the browser's own calendar."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options
    )


class StoredForm(forms.Form):
    """A form whose sent values are kept in a JSON field."""

    @classmethod
    def of(cls, values: Mapping[str, list[str]], *, bound: bool = False, **options: Any) -> Any:
        """Give the form with values that were kept; `bound` to have them checked."""
        form = cls(**options)
        if bound:
            return cls(data=MultiValueDict({form.add_prefix(name): sent for name, sent in values.items()}), **options)
        for name, sent in values.items():
            if name in form.fields and sent:
                several = isinstance(form.fields[name], forms.ModelMultipleChoiceField)
                form.initial[name] = sent if several else sent[0]
        return form

    def sent(self) -> Values:
        """Give what was sent for the fields of this form, without what was left empty."""
        data = self.data
        values = {}
        for name in self.fields:
            key = self.add_prefix(name)
            found = data.getlist(key) if isinstance(data, MultiValueDict) else []
            kept = [value.strip() for value in found if value.strip()]
            if kept:
                values[name] = kept
        return values


class DescriptionForm(StoredForm):
    """What a publication is and is about. Empty for one file means: as for all."""

    publication_type = choice(PublicationType, _("Soort"))
    publication_date = day(_("Datum"), help_text=_("De datum die op het stuk staat."))
    document_language = forms.ChoiceField(
        label=_("Taal van het document"), required=False, choices=[("", "---------"), *DOCUMENT_LANGUAGES],
        help_text=_("Geldt waar de taal niet uit het bestand zelf blijkt."),
    )  # fmt: skip
    themes = choices(ThemePage, _("Thema's"))
    audiences = choices(Audience, _("Doelgroepen"))
    districts = choices(DistrictPage, _("Districten"))
    municipalities = choices(Municipality, _("Gemeenten"))
    organisations = choices(Organisation, _("Uitgegeven door"))
    responsible_group = forms.ModelChoiceField(
        queryset=Group.objects.order_by("name"), label=_("Verantwoordelijke groep"), required=False
    )
    review_date = day(_("Controleren op"), help_text=_("Op deze dag moet iemand nagaan of het stuk nog klopt."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = self.fields["publication_type"]
        if isinstance(types, forms.ModelChoiceField) and types.queryset is not None:
            types.queryset = types.queryset.filter(live=True)


class RowForm(StoredForm):
    """What stands in the table for one file."""

    action = forms.ChoiceField(label=_("Wat wordt het?"), choices=Action)
    title = forms.CharField(label=_("Titel"), max_length=255, required=False)
    introduction = forms.CharField(
        label=_("Samenvatting"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    document_language = forms.ChoiceField(label=_("Taal"), required=False)
    publication_date = day(_("Datum"))
    note = forms.CharField(label=_("Wat er veranderde"), max_length=300, required=False)

    def __init__(self, *args: Any, row: UploadedFile, may_replace: bool, language: str = "", **kwargs: Any) -> None:
        kwargs["prefix"] = f"rij-{row.pk}"
        super().__init__(*args, **kwargs)
        actions = [Action.NEW]
        if row.same_as_id and row.match != Match.CONTENT and may_replace:
            actions.append(Action.VERSION)
        actions.append(Action.SKIP)
        labels = {**dict(Action.choices), Action.NEW: _("Nieuwe publicatie met hetzelfde bestand")}
        asked = labels if row.match == Match.CONTENT else dict(Action.choices)
        self.fields["action"].choices = [(each.value, asked[each]) for each in actions]  # type: ignore[attr-defined]
        first = str(_("Zoals bij alle bestanden"))
        if language:
            first = _("Volgens het bestand: %(language)s") % {"language": language}
        self.fields["document_language"].choices = [("", first), *DOCUMENT_LANGUAGES]  # type: ignore[attr-defined]
        if Action.VERSION not in actions:
            del self.fields["note"]
        for field in self.fields.values():
            field.widget.attrs["aria-describedby"] = f"bestand-{row.pk}"


class PlaceForm(forms.Form):
    """Where the files and publications come. A field with one choice is not shown."""

    def __init__(self, *args: Any, places: Iterable[Any], collections: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, records in (
            ("kennisbank", _("Kennisbank"), list(places)),
            ("collection", _("Collectie"), list(collections)),
        ):
            field = forms.TypedChoiceField(
                label=label, choices=[(str(each.pk), str(each)) for each in records], coerce=int
            )
            if len(records) == 1:
                field.widget = forms.HiddenInput()
                field.initial = records[0].pk
            self.fields[name] = field
        self.fields["collection"].help_text = _("Een bestand in een besloten collectie is niet openbaar.")


def merged(shared: Mapping[str, list[str]], own: Mapping[str, list[str]], language: str) -> Values:
    """Give what holds for one file: its own values, else the language of the file itself, else those for all."""
    values = {**shared, **({"document_language": [language]} if language else {}), **own}
    return {name: list(sent) for name, sent in values.items() if name in DescriptionForm.base_fields}
