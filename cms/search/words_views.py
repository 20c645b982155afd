"""Screens of the admin around the search: try a question, see what a change of words does, paste many synonyms."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Site

from cms.admin_screen import AdminScreen
from cms.models import BestBet, IgnoredWord, MissedSearch, Synonyms
from cms.models.search_words import divided
from cms.search import explaining
from cms.search.asking import MOST_CHARACTERS
from cms.search.missed_admin import may_read

# More questions would make a long page of lists that are much the same.
MOST_COMPARED = 3
MOST_LINES = 500


def _languages() -> list[tuple[str, str]]:
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


class SearchScreen(AdminScreen):
    header_icon = "search"

    @property
    def site(self) -> Site:
        site = Site.find_for_request(self.request) or Site.objects.first()
        if site is None:
            raise Http404
        return site


class QuestionForm(forms.Form):
    zoek = forms.CharField(
        label=_("Zoekvraag"),
        max_length=MOST_CHARACTERS,
        help_text=_("Zoals een lezer haar typt: een half woord, “woorden naast elkaar” of -niet mag ook."),
    )
    taal = forms.ChoiceField(label=_("Taal van de lezer"), choices=_languages, initial=settings.LANGUAGE_CODE)


class TryView(SearchScreen):
    """How a question is understood, and what an anonymous reader gets."""

    template_name = "cms/search_admin/try.html"
    page_title = _("Zoekvraag proberen")

    def get(self, request: HttpRequest) -> HttpResponse:
        if not may_read(request.user):
            raise PermissionDenied
        asked = "zoek" in request.GET
        values = {"taal": settings.LANGUAGE_CODE, **request.GET.dict()}
        form = QuestionForm(values if asked else None)
        shown: dict[str, Any] = {}
        if asked and form.is_valid():
            words, language = form.cleaned_data["zoek"], form.cleaned_data["taal"]
            shown = {
                "words": words,
                "understood": explaining.understood(words, language),
                "outcome": explaining.outcome(self.site.pk, language, words),
                "completions": explaining.completions(self.site.pk, language, words),
            }
        return self.render_to_response(self.get_context_data(form=form, first=explaining.FIRST, **shown))


class SynonymsForm(forms.ModelForm):
    class Meta:
        model = Synonyms
        fields: ClassVar[list[str]] = ["words", "language"]


class BestBetForm(forms.ModelForm):
    class Meta:
        model = BestBet
        fields: ClassVar[list[str]] = ["words", "page", "language"]


class IgnoredWordForm(forms.ModelForm):
    class Meta:
        model = IgnoredWord
        fields: ClassVar[list[str]] = ["word", "language"]


class CompareView(SearchScreen):
    """What questions give now, and what they would give with the words that are in a form and not saved yet."""

    template_name = "cms/search_admin/compare.html"
    page_title = _("Zo ziet het eruit")
    form_classes: ClassVar[dict[str, type[forms.ModelForm]]] = {
        "synoniemen": SynonymsForm,
        "uitgelicht": BestBetForm,
        "niet-verbeteren": IgnoredWordForm,
    }

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """There is nothing to compare without a form: somebody came back by the address."""
        return redirect("zoeken_proberen")

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in self.form_classes:
            raise Http404
        form_class = self.form_classes[kind]
        model = form_class._meta.model
        if not any(request.user.has_perm(f"cms.{action}_{model._meta.model_name}") for action in ("add", "change")):
            raise PermissionDenied
        number = request.POST.get("vergeleken", "")
        record = model.objects.filter(pk=number).first() if number.isdigit() else None
        form = form_class(request.POST, instance=record)
        pairs = self.pairs(form) if form.is_valid() else []
        errors = [message for messages_of in form.errors.values() for message in messages_of]
        return self.render_to_response(self.get_context_data(pairs=pairs, errors=errors, most=MOST_COMPARED))

    def pairs(self, form: forms.ModelForm) -> list[dict[str, explaining.Outcome]]:
        language = form.instance.language
        record = form.instance
        questions = [record.word] if isinstance(record, IgnoredWord) else divided(record.words)[:MOST_COMPARED]
        before = [explaining.outcome(self.site.pk, language, question) for question in questions]
        with explaining.as_if(form.instance):
            after = [explaining.outcome(self.site.pk, language, question) for question in questions]
        return [
            {"before": one, "after": explaining.compared(one, other)} for one, other in zip(before, after, strict=True)
        ]


class LinesForm(forms.Form):
    lines = forms.CharField(
        label=_("Groepen synoniemen"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Elke groep op een eigen regel, met een komma of puntkomma tussen de woorden: boa; handhaver."),
    )
    language = forms.ChoiceField(label=_("Taal"), choices=_languages, initial=settings.LANGUAGE_CODE)


class PasteView(SearchScreen):
    """Many groups at once, from a list or a spreadsheet. Lines that are wrong stay, with what is wrong."""

    template_name = "cms/search_admin/paste.html"
    page_title = _("Synoniemen plakken")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("cms.add_synonyms"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *first, last = super().get_breadcrumbs_items()
        return [*first, {"url": reverse("wagtailsnippets_cms_synonyms:list"), "label": _("Synoniemen")}, last]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=LinesForm()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LinesForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        lines = [line for line in form.cleaned_data["lines"].splitlines() if line.strip()]
        language = form.cleaned_data["language"]
        if len(lines) > MOST_LINES:
            form.add_error("lines", _("Plak ten hoogste %(most)d regels tegelijk.") % {"most": MOST_LINES})
            return self.render_to_response(self.get_context_data(form=form))
        wrong = [(line, error) for line in lines if (error := self.added(line, language))]
        number = len(lines) - len(wrong)
        if number:
            text = ngettext("%(number)d groep toegevoegd.", "%(number)d groepen toegevoegd.", number)
            messages.success(request, text % {"number": number})
        if not wrong:
            return redirect("wagtailsnippets_cms_synonyms:list")
        again = LinesForm(initial={"lines": "\n".join(line for line, _error in wrong), "language": language})
        return self.render_to_response(self.get_context_data(form=again, wrong=wrong))

    def added(self, line: str, language: str) -> str:
        """Save one group; give what is wrong with it, or nothing."""
        group = Synonyms(words=line, language=language)
        try:
            group.full_clean()
        except ValidationError as error:
            return " ".join(error.messages)
        group.save()
        return ""


@require_POST
def remove_missed(request: HttpRequest) -> HttpResponse:
    """Delete a question, on all its days: somebody may have typed a name after all."""
    if not request.user.has_perm("cms.delete_missedsearch"):
        raise PermissionDenied
    words = request.POST.get("words", "")
    MissedSearch.objects.filter(words=words, language=request.POST.get("language", "")).delete()
    messages.success(request, gettext("“%(words)s” is uit het rapport gehaald.") % {"words": words})
    return redirect("zoekvragen")
