"""What editors teach the search, what they see of it before they save it, and what they read of searches in vain."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.models import BestBet, CMSDocument, ExtractionState, IgnoredWord, MissedSearch, Synonyms, User
from cms.search import explaining
from home.models import HomePage
from tests.cms.factories import make_content_page, make_document, make_private, make_site, private_collection
from tests.search import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_site()[1]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    return client


def address(model: type, view: str, *args: object) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def missed(words: str, number: int = 1, days: int = 0, language: str = "nl") -> MissedSearch:
    day = timezone.localdate() - timedelta(days=days)
    site = make_site()[0]
    return MissedSearch.objects.create(site=site, language=language, words=words, day=day, number=number)


def refused(record: Synonyms | BestBet | IgnoredWord) -> str:
    with pytest.raises(ValidationError) as error:
        record.full_clean()
    return " ".join(error.value.messages)


class TestRules:
    def test_synonyms_are_two_words_or_more(self) -> None:
        assert "twee of meer woorden" in refused(Synonyms(words="boa"))
        assert "twee of meer woorden" in refused(Synonyms(words="boa, BOA,"))

    def test_forms_of_one_word_are_no_synonyms(self) -> None:
        assert "voor de zoekmachine al hetzelfde" in refused(Synonyms(words="handhaver, handhavers"))

    def test_a_word_of_every_text_is_no_synonym(self) -> None:
        assert "“de” zoekt de website niet" in refused(Synonyms(words="de, het"))

    def test_a_word_stands_in_one_group_of_a_language_and_the_message_says_which(self) -> None:
        Synonyms.objects.create(words="boa, handhaver")
        text = refused(Synonyms(words="opsporingsambtenaar, Handhavers"))
        assert "“Handhavers” staat al in een andere groep: boa, handhaver" in text
        Synonyms(words="boa, warden", language="en").full_clean()

    def test_a_group_may_be_saved_again(self) -> None:
        group = Synonyms.objects.create(words="boa; handhaver\nopsporingsambtenaar")
        group.full_clean()
        assert group.words == "boa, handhaver, opsporingsambtenaar"

    def test_a_question_has_one_page_on_top_and_the_message_says_which(self, home: HomePage) -> None:
        BestBet.objects.create(words="wob, woo", page=home)
        other = make_content_page(home, "Contact")
        assert "Bij “woo” staat al een andere pagina bovenaan: Veiligheidsnetwerk" in refused(
            BestBet(words="inzage, WOO", page=other)
        )

    def test_the_page_on_top_is_a_page_of_the_website(self, home: HomePage) -> None:
        assert "Kies een pagina van de website" in refused(BestBet(words="woo", page=Page.get_first_root_node()))

    def test_an_ignored_word_is_one_word_and_stands_there_once(self) -> None:
        IgnoredWord.objects.create(word="Woo")
        assert "staat al in de lijst: Woo" in refused(IgnoredWord(word="woo"))
        assert "één woord" in refused(IgnoredWord(word="twee woorden"))


class TestLists:
    @pytest.mark.parametrize("model", [Synonyms, BestBet, IgnoredWord])
    def test_each_has_a_list_and_a_form(self, editor: Client, home: HomePage, model: type) -> None:
        for view in ("list", "add"):
            assert editor.get(address(model, view)).status_code == 200

    def test_the_list_of_pages_on_top_says_which_nobody_sees(self, editor: Client, home: HomePage) -> None:
        hidden = make_content_page(home, "Besloten overleg")
        make_private(hidden)
        BestBet.objects.create(words="overleg", page=hidden)
        assert "niet gepubliceerd of besloten" in editor.get(address(BestBet, "list")).content.decode()

    def test_many_bets_cost_no_more_queries_than_few(self, editor: Client, home: HomePage) -> None:
        numbers = []
        for start in (0, 10):
            for number in range(start, start + 10):
                BestBet.objects.create(words=f"vraag {number}", page=home)
            editor.get(address(BestBet, "list"))
            with CaptureQueriesContext(connection) as queries:
                editor.get(address(BestBet, "list"))
            numbers.append(len(queries))
        assert numbers[0] == numbers[1] <= 40

    def test_a_form_is_filled_from_the_report(self, editor: Client, home: HomePage) -> None:
        html = editor.get(f"{address(Synonyms, 'add')}?words=wietplantage&language=en").content.decode()
        assert "wietplantage</textarea>" in html
        assert '<option value="en" selected>' in html

    def test_saving_works_from_the_form(self, editor: Client, home: HomePage) -> None:
        editor.post(address(Synonyms, "add"), {"words": "boa,handhaver", "language": "nl"})
        group = Synonyms.objects.get()
        assert group.words == "boa, handhaver"
        editor.post(address(Synonyms, "edit", group.pk), {"words": "boa, handhaver, opsporing", "language": "nl"})
        assert Synonyms.objects.get().words == "boa, handhaver, opsporing"


class TestPasting:
    def paste(self, editor: Client, lines: str) -> str:
        answer = editor.post(reverse("zoeken_plakken"), {"lines": lines, "language": "nl"}, follow=True)
        return answer.content.decode()

    def test_each_line_becomes_a_group(self, editor: Client, home: HomePage) -> None:
        html = self.paste(editor, "boa; handhaver\n\nhennep, wiet\r\n")
        assert "2 groepen toegevoegd" in html
        assert sorted(Synonyms.objects.values_list("words", flat=True)) == ["boa, handhaver", "hennep, wiet"]

    def test_lines_that_are_wrong_stay_with_the_reason(self, editor: Client, home: HomePage) -> None:
        html = self.paste(editor, "boa; handhaver\nhennep\nhandhavers, toezicht")
        assert "1 groep toegevoegd" in html
        assert "hennep\nhandhavers, toezicht</textarea>" in html
        assert "staat al in een andere groep" in html


class TestTrying:
    def tried(self, editor: Client, words: str, language: str = "nl") -> str:
        return editor.get(reverse("zoeken_proberen"), {"zoek": words, "taal": language}).content.decode()

    def test_the_results_of_an_anonymous_reader_are_shown_with_where_the_words_stand(
        self, editor: Client, home: HomePage
    ) -> None:
        make_content_page(home, "Aanpak van hennep", introduction="Hennepkwekerijen sluiten.")
        make_private(make_content_page(home, "Geheime hennepkwekerij"))
        draft = make_content_page(home, "Concept over hennep")
        draft.unpublish()
        reindex()
        html = self.tried(editor, "hennep")
        assert "1 resultaat" in html
        assert "<mark>hennep</mark>" in html
        assert "in de titel" in html
        assert "in de tekst van de pagina" in html
        assert "Geheime" not in html
        assert "Concept over" not in html

    def test_it_tells_how_the_question_is_understood(self, home: HomePage) -> None:
        Synonyms.objects.create(words="boa, buitengewoon opsporingsambtenaar")
        IgnoredWord.objects.create(word="boa")
        word, left_out, phrase, compound, nothing = explaining.understood(
            'boa -drugs "integraal veiligheidsplan" veiligheidsplannen de', "nl"
        )
        assert word.synonyms == ("buitengewoon opsporingsambtenaar",)
        assert word.ignored
        assert left_out.kind == "mag er niet in staan"
        assert phrase.kind == "deze woorden naast elkaar"
        assert "plan" in compound.parts
        assert compound.alternatives == ("veiligheidsplan",)
        assert nothing.says_nothing

    def test_words_together_have_synonyms_too(self) -> None:
        Synonyms.objects.create(words="boa, buitengewoon opsporingsambtenaar")
        first, second = explaining.understood("buitengewoon opsporingsambtenaar", "nl")
        assert first.synonyms == second.synonyms == ("boa",)

    def test_a_typing_error_is_shown_with_what_the_reader_is_offered(self, editor: Client, home: HomePage) -> None:
        make_content_page(home, "Ondermijning in het buitengebied")
        reindex()
        html = self.tried(editor, "ondermijnnig")
        assert "ondermijning</a>" in html

    def test_trying_is_not_counted_as_a_search_in_vain(self, editor: Client, home: HomePage) -> None:
        reindex()
        self.tried(editor, "bestaatniet")
        assert not MissedSearch.objects.exists()

    def test_nothing_of_what_is_typed_becomes_html(self, editor: Client, home: HomePage) -> None:
        make_content_page(home, "Een <b>vette</b> titel", introduction="Met <script>iets</script> erin.")
        reindex()
        html = self.tried(editor, "vette <script>alert(1)</script>")
        assert "<script>alert" not in html
        html = self.tried(editor, "vette iets")
        assert "<b>" not in html
        assert "<script>iets" not in html
        assert "&lt;b&gt;<mark>vette</mark>" in html

    def test_it_has_a_ceiling_of_queries(self, editor: Client, home: HomePage) -> None:
        for number in range(12):
            make_content_page(home, f"Hennep {number}")
        reindex()
        self.tried(editor, "hennep")
        with CaptureQueriesContext(connection) as queries:
            self.tried(editor, "hennep")
        assert len(queries) <= 45


class TestComparing:
    def compared(self, editor: Client, kind: str, **values: object) -> str:
        answer = editor.post(reverse("zoeken_vergelijken", args=[kind]), {"language": "nl", **values})
        assert answer.status_code == 200
        return answer.content.decode()

    def test_synonyms_that_are_not_saved_show_what_they_add(self, editor: Client, home: HomePage) -> None:
        make_content_page(home, "Wietplantages opsporen")
        make_content_page(home, "Hennepteelt herkennen")
        reindex()
        html = self.compared(editor, "synoniemen", words="wietplantage, hennepteelt", vergeleken="")
        assert "Nu: 1 resultaat" in html
        assert "Straks: 2 resultaten" in html
        assert ">nieuw<" in html
        assert not Synonyms.objects.exists()

    @pytest.mark.parametrize("model", [Synonyms, BestBet, IgnoredWord])
    def test_the_form_offers_it(self, editor: Client, home: HomePage, model: type) -> None:
        values = {
            Synonyms: {"words": "een1, twee2"},
            BestBet: {"words": "woo", "page": home},
            IgnoredWord: {"word": "x1"},
        }
        record = model(**values[model])
        record.save()
        for screen in (address(model, "add"), address(model, "edit", record.pk)):
            assert "Vergelijk met nu" in editor.get(screen).content.decode()

    def test_a_group_that_is_changed_is_compared_with_what_it_is(self, editor: Client, home: HomePage) -> None:
        group = Synonyms.objects.create(words="wietplantage, hennepteelt")
        make_content_page(home, "Hennepteelt herkennen")
        reindex()
        html = self.compared(editor, "synoniemen", words="wietplantage, drugslab", vergeleken=group.pk)
        assert "Nu: 1 resultaat" in html
        assert "Straks: 0 resultaten" in html
        assert "Niet meer bij de eerste 20" in html
        group.refresh_from_db()
        assert group.words == "wietplantage, hennepteelt"

    def test_a_page_on_top_is_shown_before_it_is_saved(self, editor: Client, home: HomePage) -> None:
        page = make_content_page(home, "Wet open overheid")
        reindex()
        html = self.compared(editor, "uitgelicht", words="inzage", page=page.pk, vergeleken="")
        assert "Uitgelicht, boven de lijst" in html
        assert not BestBet.objects.exists()

    def test_a_word_that_is_not_corrected_any_more_offers_nothing(self, editor: Client, home: HomePage) -> None:
        make_content_page(home, "Ondermijning in het buitengebied")
        reindex()
        html = self.compared(editor, "niet-verbeteren", word="ondermijnnig", vergeleken="")
        now, _soon, later = html.partition("Straks:")
        assert "ondermijning" in now
        assert "ondermijning" not in later
        assert not IgnoredWord.objects.exists()

    def test_what_is_wrong_with_the_form_is_said(self, editor: Client, home: HomePage) -> None:
        assert "twee of meer woorden" in self.compared(editor, "synoniemen", words="boa", vergeleken="")


class TestReport:
    def test_questions_are_counted_over_days_the_most_frequent_first(self, editor: Client, home: HomePage) -> None:
        missed("wietplantage", 2, days=1)
        missed("wietplantage", 3, days=10)
        missed("helikopter", 4)
        missed("te oud", 9, days=90)
        html = editor.get(reverse("zoekvragen")).content.decode()
        assert html.index("wietplantage") < html.index("helikopter")
        assert "te oud" not in html
        for button in ("Zoek dit", "Maak synoniem", "Maak uitgelicht", "Haal weg"):
            assert button in html
        assert f"{address(Synonyms, 'add')}?words=wietplantage&amp;language=nl" in html
        week = editor.get(reverse("zoekvragen"), {"period": "7", "ordering": "-total"}).content.decode()
        assert week.index("helikopter") < week.index("wietplantage")

    def test_it_is_filtered_by_language(self, editor: Client, home: HomePage) -> None:
        missed("wietplantage")
        missed("helicopter", language="en")
        html = editor.get(reverse("zoekvragen"), {"language": "en"}).content.decode()
        assert "helicopter" in html
        assert "wietplantage" not in html

    def test_it_can_be_kept_as_csv(self, editor: Client, home: HomePage) -> None:
        missed("wietplantage", 5)
        answer = editor.get(reverse("zoekvragen"), {"export": "csv"})
        text = b"".join(answer.streaming_content).decode()
        assert text.splitlines()[0] == "Zoekvraag,Aantal keer,Taal,Laatst"
        assert text.splitlines()[1].startswith("wietplantage,5,nl,")

    def test_it_has_a_ceiling_of_queries(self, editor: Client, home: HomePage) -> None:
        for number in range(60):
            missed(f"vraag {number}")
        editor.get(reverse("zoekvragen"))
        with CaptureQueriesContext(connection) as queries:
            html = editor.get(reverse("zoekvragen")).content.decode()
        assert html.count("Maak synoniem") == 50
        assert len(queries) <= 20

    def test_a_question_with_a_name_is_removed_from_all_days(self, editor: Client, home: HomePage) -> None:
        missed("jan jansen")
        missed("jan jansen", days=3)
        missed("helikopter")
        editor.post(reverse("zoekvragen_verwijderen"), {"words": "jan jansen", "language": "nl"})
        assert [row.words for row in MissedSearch.objects.all()] == ["helikopter"]


class TestDashboard:
    def test_it_tells_what_readers_miss_and_which_files_nobody_can_search(self, editor: Client, home: HomePage) -> None:
        missed("wietplantage", 5)
        missed("te lang geleden", 50, days=31)
        scan = make_document("Ingescand convenant")
        CMSDocument.objects.filter(pk=scan.pk).update(extraction_state=ExtractionState.NO_TEXT)
        html = editor.get(reverse("wagtailadmin_home")).content.decode()
        assert "Lezers zochten tevergeefs naar" in html
        assert "wietplantage" in html
        assert "te lang geleden" not in html
        assert "Ingescand convenant</a>: geen tekst" in html

    def test_with_nothing_to_tell_there_is_no_panel(self, editor: Client, home: HomePage) -> None:
        assert "Wat lezers missen" not in editor.get(reverse("wagtailadmin_home")).content.decode()


class TestRights:
    @pytest.fixture
    def clients(self, db) -> dict[str, Client]:
        call_command("inrichten", "--regio", "oost-nederland", verbosity=0)
        clients = {}
        for role in ("Redactie", "Eindredactie", "Vertalers", "Beheer"):
            user = User.objects.create_user(role, f"{role}@voorbeeld.example", "geheim")
            user.groups.add(Group.objects.get(name=role))
            clients[role] = Client()
            clients[role].force_login(user)
        return clients

    def test_each_role_may_what_the_guide_says(self, clients: dict[str, Client]) -> None:
        def may(path: str) -> list[str]:
            return [role for role, client in clients.items() if client.get(path).status_code == 200]

        for path in (reverse("zoekvragen"), reverse("zoeken_proberen")):
            assert may(path) == ["Redactie", "Eindredactie", "Beheer"], path
        for path in (*(address(model, "add") for model in (Synonyms, BestBet, IgnoredWord)), reverse("zoeken_plakken")):
            assert may(path) == ["Eindredactie", "Beheer"], path

    def test_a_writer_can_change_or_remove_nothing(self, clients: dict[str, Client]) -> None:
        writer = clients["Redactie"]
        missed("wietplantage")
        before = Synonyms.objects.count()
        writer.post(address(Synonyms, "add"), {"words": "een, ander", "language": "nl"})
        writer.post(reverse("zoeken_plakken"), {"lines": "een, ander", "language": "nl"})
        writer.post(reverse("zoekvragen_verwijderen"), {"words": "wietplantage", "language": "nl"})
        compare = writer.post(reverse("zoeken_vergelijken", args=["synoniemen"]), {"words": "a1, b2", "language": "nl"})
        assert compare.status_code == 302
        assert Synonyms.objects.count() == before
        assert MissedSearch.objects.exists()
        html = writer.get(reverse("zoekvragen")).content.decode()
        assert "Zoek dit" in html
        assert "Maak synoniem" not in html
        assert "Haal weg" not in html

    def test_a_document_of_a_collection_that_is_not_theirs_is_not_on_the_dashboard(
        self, clients: dict[str, Client]
    ) -> None:
        scan = make_document("Ingescand convenant", collection=private_collection())
        CMSDocument.objects.filter(pk=scan.pk).update(extraction_state=ExtractionState.NO_TEXT)
        shown = {
            role: "Ingescand convenant" in client.get(reverse("wagtailadmin_home")).content.decode()
            for role, client in clients.items()
        }
        assert shown == {"Redactie": False, "Eindredactie": True, "Vertalers": False, "Beheer": True}
