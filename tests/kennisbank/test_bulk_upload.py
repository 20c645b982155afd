"""An editor brings many files into the Kennisbank at once."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from cms.models import CMSDocument, DocumentVersion, ExtractionState, User
from home.models import HomePage
from kennisbank.models import KennisbankPage, PublicationPage, PublicationType, UploadBatch, UploadedFile
from kennisbank.uploads import making
from kennisbank.uploads.guessing import guessed_title
from tests.cms.factories import make_document, make_site, private_collection
from tests.districts.factories import make_theme, make_theme_index
from tests.kennisbank.factories import add_file, make_kennisbank, make_publication, make_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def kennisbank(home: HomePage) -> KennisbankPage:
    return make_kennisbank(home)


@pytest.fixture
def publication_type() -> PublicationType:
    return make_type("Factsheet")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    return client


def writer(client: Client, *rights: str, files: tuple[str, ...] = ("add", "choose")) -> User:
    """Somebody who may add pages and files everywhere, and what else `rights` says."""
    from django.contrib.auth.models import Permission

    group = Group.objects.create(name="Schrijvers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", *rights):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    for action in files:
        permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename=f"{action}_document")
        GroupCollectionPermission.objects.create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    user = User.objects.create_user("schrijver", "schrijver@voorbeeld.example", "geheim")
    user.groups.add(group)
    client.force_login(user)
    return user


def file(name: str, content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or f"Dit staat in {name}.".encode())


def begin(client: Client, kennisbank: KennisbankPage, *files: SimpleUploadedFile) -> UploadBatch:
    """Send files with the plain form; gives the upload."""
    place = {"kennisbank": kennisbank.pk, "collection": Collection.get_first_root_node().pk}
    answer = client.post(reverse("bestanden:start"), {**place, "bestand": list(files)})
    assert answer.status_code == 302, answer.content
    return UploadBatch.objects.order_by("pk").last()


def screen(client: Client, name: str, batch: UploadBatch) -> str:
    answer = client.get(reverse(f"bestanden:{name}", args=[batch.pk]))
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def described(batch: UploadBatch, kind: PublicationType, **values: object) -> dict[str, object]:
    """What the form sends when the editor only chose a type."""
    sent: dict[str, object] = {
        "publication_type": kind.pk,
        "publication_date": "2026-11-02",
        "document_language": "nl",
        "doel": "concept",
    }
    for row in batch.files.filter(refusal=""):
        title = guessed_title(row.document, row.name)
        sent |= {f"rij-{row.pk}-action": row.action, f"rij-{row.pk}-title": title}
    return {**sent, **values}


def make_all(client: Client, batch: UploadBatch, sent: dict[str, object], fails: int = 0) -> None:
    answer = client.post(reverse("bestanden:beschrijven", args=[batch.pk]), {**sent, "maken": ""})
    assert answer.status_code == 302, messages(answer.content.decode())
    make = reverse("bestanden:maken", args=[batch.pk])
    while not making.progress(batch).finished:
        assert client.post(make).status_code == 302
    batch.refresh_from_db()
    failures = [row.failure for row in batch.files.all() if row.failure]
    assert len(failures) == fails, failures


def messages(html: str) -> list[str]:
    found = re.findall(r'class="vn-upload__error">(.*?)</p>', html, re.DOTALL)
    return [" ".join(unescape(re.sub("<[^>]+>", "", each)).split()) for each in found]


def test_makes_a_draft_of_each_file(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    batch = begin(editor, kennisbank, file("factsheet_leegstand-v2.txt"), file("Handreiking onrust.txt"))
    make_all(editor, batch, described(batch, publication_type))
    pages = PublicationPage.objects.order_by("title")
    assert [(page.title, page.live) for page in pages] == [
        ("Factsheet leegstand", False),
        ("Handreiking onrust", False),
    ]
    assert [page.files.get().document.title for page in pages] == ["Factsheet leegstand", "Handreiking onrust"]
    assert str(pages[0].publication_date) == "2026-11-02"
    assert batch.finished_at
    assert "Alles is klaar." in screen(editor, "maken", batch)


def test_nobody_else_opens_the_files_before_they_are_published(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    batch = begin(editor, kennisbank, file("factsheet.txt"))
    address = CMSDocument.objects.get().url
    for step in ("uploaded", "drafted"):
        assert Client().get(address).status_code == 404, step
        assert editor.get(address).status_code == 200, step
        if step == "uploaded":
            make_all(editor, batch, described(batch, publication_type))
    PublicationPage.objects.get().get_latest_revision().publish()
    assert Client().get(address).status_code == 200


def test_publishes_for_who_may(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType, client: Client
) -> None:
    batch = begin(editor, kennisbank, file("factsheet.txt"))
    make_all(editor, batch, described(batch, publication_type, doel="publiceren"))
    page = PublicationPage.objects.get()
    assert page.live
    assert "Factsheet" in Client().get(page.url).content.decode()


def test_submits_for_who_may_not_publish(
    client: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    user = writer(client)
    batch = begin(client, kennisbank, file("factsheet.txt"))
    html = screen(client, "beschrijven", batch)
    assert "Indienen ter controle" in html
    assert 'value="publiceren"' not in html
    make_all(client, batch, described(batch, publication_type, doel="indienen"))
    page = PublicationPage.objects.get()
    assert not page.live
    assert page.current_workflow_state.requested_by == user
    assert "Ingediend" in screen(client, "maken", batch)


def test_publishing_asked_for_without_the_right_gives_drafts(
    client: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    writer(client)
    Workflow.objects.all().delete()
    batch = begin(client, kennisbank, file("factsheet.txt"))
    make_all(client, batch, described(batch, publication_type, doel="publiceren"))
    assert not PublicationPage.objects.get().live


def test_nobody_without_rights_comes_in(client: Client, kennisbank: KennisbankPage) -> None:
    writer(client, files=("choose",))
    assert client.get(reverse("bestanden:start")).status_code in (302, 403)
    assert "Bestanden toevoegen" not in client.get(reverse("publicaties:index")).content.decode()


def test_an_upload_is_its_makers_alone(editor: Client, kennisbank: KennisbankPage) -> None:
    batch = begin(editor, kennisbank, file("factsheet.txt"))
    other = Client()
    other.force_login(User.objects.create_superuser("ander", "ander@voorbeeld.example", "geheim"))
    for name in ("bestanden", "beschrijven", "maken", "weggooien", "stand"):
        assert other.get(reverse(f"bestanden:{name}", args=[batch.pk])).status_code == 404


def test_the_list_of_publications_leads_to_it(editor: Client, kennisbank: KennisbankPage) -> None:
    html = editor.get(reverse("publicaties:index")).content.decode()
    assert reverse("bestanden:start") in html


def test_refuses_a_file_in_words_and_goes_on_with_the_others(editor: Client, kennisbank: KennisbankPage) -> None:
    batch = begin(editor, kennisbank, file("programma.exe", b"MZ\x90\x00"), file("goed.txt"))
    refused, good = batch.files.all()
    assert refused.refusal
    assert refused.document is None
    assert not good.refusal
    assert refused.refusal in messages(screen(editor, "bestanden", batch))
    assert "programma.exe" not in screen(editor, "beschrijven", batch)


def test_knows_a_file_that_is_there_already(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    page = make_publication(kennisbank, "Factsheet over leegstand")
    document = make_document("Leegstand", b"De inhoud.", "leegstand.txt")
    add_file(page, document)
    batch = begin(editor, kennisbank, file("heel-andere-naam.txt", b"De inhoud."))
    html = screen(editor, "beschrijven", batch)
    assert "Dit bestand staat al in de Kennisbank als" in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert CMSDocument.objects.count() == 1
    make_all(editor, batch, described(batch, publication_type))
    assert PublicationPage.objects.count() == 1
    assert "Overgeslagen" in screen(editor, "maken", batch)
    assert CMSDocument.objects.filter(pk=document.pk).exists()


def test_makes_another_publication_of_the_same_file_when_asked(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    document = make_document("Leegstand", b"De inhoud.", "leegstand.txt")
    batch = begin(editor, kennisbank, file("leegstand.txt", b"De inhoud."))
    row = batch.files.get()
    make_all(editor, batch, described(batch, publication_type, **{f"rij-{row.pk}-action": "nieuw"}))
    assert PublicationPage.objects.get().files.get().document == document


def test_puts_a_newer_version_in_the_place_of_a_file_with_the_same_name(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    page = make_publication(kennisbank, "Over leegstand")
    document = make_document("Factsheet leegstand", b"Zoals het was.", "factsheet-leegstand.txt")
    add_file(page, document)
    batch = begin(editor, kennisbank, file("factsheet_leegstand_v2.txt", b"Zoals het is."))
    row = batch.files.get()
    assert "Een ander bestand met deze naam staat al in de Kennisbank" in screen(editor, "bestanden", batch)
    chosen = {f"rij-{row.pk}-action": "versie", f"rij-{row.pk}-note": "Cijfers bijgewerkt"}
    make_all(editor, batch, described(batch, publication_type, **chosen))
    version = DocumentVersion.objects.get(document=document)
    assert version.note == "Cijfers bijgewerkt"
    assert CMSDocument.objects.get().file.read() == b"Zoals het is."
    assert PublicationPage.objects.count() == 1


def test_the_same_file_twice_in_one_upload_is_told(editor: Client, kennisbank: KennisbankPage) -> None:
    batch = begin(editor, kennisbank, file("een.txt", b"Hetzelfde."), file("twee.txt", b"Hetzelfde."))
    assert [row.refusal for row in batch.files.all()] == ["", "Dit bestand staat al in deze lijst."]


def test_a_file_that_is_sent_again_gets_one_row(editor: Client, kennisbank: KennisbankPage) -> None:
    batch = begin(editor, kennisbank)
    address = reverse("bestanden:bestand", args=[batch.pk])
    for _attempt in range(2):
        answer = editor.post(
            address, {"bestand": file("een.txt"), "sleutel": "abc"}, headers={"Accept": "application/json"}
        )
        assert "een.txt" in answer.json()["html"]
    assert batch.files.count() == 1
    editor.post(reverse("bestanden:weg", args=[batch.pk]), {"sleutel": "abc"}, headers={"Accept": "application/json"})
    assert batch.files.count() == 0
    assert not CMSDocument.objects.exists()


def test_own_values_go_before_those_for_all(
    editor: Client, home: HomePage, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    index = make_theme_index(home)
    shared, own = make_theme(index, "Ondermijning"), make_theme(index, "Onrust")
    other = make_type("Handreiking")
    batch = begin(editor, kennisbank, file("een.txt"), file("twee.txt"))
    _first, second = batch.files.all()
    sent = described(batch, publication_type, themes=[shared.pk])
    answer = editor.post(reverse("bestanden:beschrijven", args=[batch.pk]), {**sent, "eigen": second.pk})
    assert answer.url == reverse("bestanden:eigen", args=[batch.pk, second.pk])
    editor.post(answer.url, {"publication_type": other.pk, "themes": [own.pk]})
    assert "Eigen gegevens: Soort, Thema's" in screen(editor, "beschrijven", batch)
    make_all(editor, batch, sent)
    pages = {page.title: page for page in PublicationPage.objects.all()}
    assert pages["Een"].publication_type == publication_type
    assert list(pages["Een"].themes.all()) == [shared]
    assert pages["Twee"].publication_type == other
    assert list(pages["Twee"].themes.all()) == [own]


def test_tells_mistakes_at_the_row_and_loses_nothing(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    batch = begin(editor, kennisbank, file("een.txt"), file("twee.txt"))
    first, second = batch.files.all()
    wrong = {f"rij-{second.pk}-publication_date": "31-31-2026", f"rij-{first.pk}-introduction": "Waar het over gaat."}
    sent = described(batch, publication_type, **wrong)
    html = editor.post(reverse("bestanden:beschrijven", args=[batch.pk]), {**sent, "maken": ""}).content.decode()
    assert "Bij 1 bestand klopt iets nog niet. Er is nog niets gemaakt." in html
    assert messages(html) == ["Datum: Voer een geldige datum in."]
    assert "Waar het over gaat." in html
    assert not PublicationPage.objects.exists()
    make_all(editor, batch, {**sent, f"rij-{second.pk}-publication_date": "2026-10-01"})
    assert sorted(str(page.publication_date) for page in PublicationPage.objects.all()) == ["2026-10-01", "2026-11-02"]


def test_a_file_that_harms_who_opens_it_is_not_published(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    batch = begin(editor, kennisbank, file("diep.txt", b"Tekst"))
    CMSDocument.objects.update(extraction_state="unsafe", extraction_message="Vertrouw het niet en verwijder het.")
    sent = described(batch, publication_type)
    html = editor.post(reverse("bestanden:beschrijven", args=[batch.pk]), {**sent, "maken": ""}).content.decode()
    assert messages(html) == ["Vertrouw het niet en verwijder het."]
    assert not PublicationPage.objects.exists()


def test_asks_for_a_type(editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType) -> None:
    batch = begin(editor, kennisbank, file("een.txt"))
    sent = described(batch, publication_type, publication_type="")
    html = editor.post(reverse("bestanden:beschrijven", args=[batch.pk]), {**sent, "maken": ""}).content.decode()
    assert messages(html) == ["Kies een soort."]


def test_what_was_filled_in_is_there_when_the_editor_comes_back(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    batch = begin(editor, kennisbank, file("een.txt"))
    row = batch.files.get()
    sent = described(batch, publication_type, **{f"rij-{row.pk}-title": "Zelf bedacht"})
    editor.post(reverse("bestanden:beschrijven", args=[batch.pk]), {**sent, "bewaren": ""})
    start = editor.get(reverse("bestanden:start")).content.decode()
    assert "Ga verder met een eerdere upload" in start
    assert reverse("bestanden:bestanden", args=[batch.pk]) in start
    html = screen(editor, "beschrijven", batch)
    assert 'value="Zelf bedacht"' in html
    assert f'<option value="{publication_type.pk}" selected>' in html


def test_takes_title_and_language_from_the_file_once_it_is_read(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    batch = begin(editor, kennisbank, file("scan0001.txt"))
    row = batch.files.get()
    sent = described(batch, publication_type)
    CMSDocument.objects.update(
        declared_title="Vacant buildings in the countryside", language="en", extraction_state=ExtractionState.DONE
    )
    state = editor.get(reverse("bestanden:stand", args=[batch.pk])).json()
    assert state["rows"][0]["title"] == "Vacant buildings in the countryside"
    assert state["rows"][0]["language"] == "Volgens het bestand: engels"
    assert state["reading"] is False
    sent[f"rij-{row.pk}-title"] = "Vacant buildings in the countryside"
    make_all(editor, batch, sent)
    page = PublicationPage.objects.get()
    assert (page.title, page.document_language) == ("Vacant buildings in the countryside", "en")


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("Microsoft Word - Jaarplan leegstand 2026", "Jaarplan leegstand 2026"),
        ("Microsoft Word - jaarplan_def.docx", "Stuk"),
        ("Document1", "Stuk"),
        ("untitled", "Stuk"),
        ("PowerPoint-presentatie", "Stuk"),
        ("PowerPoint Presentation", "Stuk"),
        ("Word Document", "Stuk"),
        ("Layout 1", "Stuk"),
        ("Jaarplan", "Stuk"),
        ("", "Stuk"),
    ],
)
def test_a_title_that_a_program_made_up_is_not_taken(declared: str, title: str) -> None:
    assert guessed_title(CMSDocument(declared_title=declared), "stuk.pdf") == title


def test_throwing_an_upload_away_removes_its_unused_files(
    editor: Client, kennisbank: KennisbankPage, django_capture_on_commit_callbacks: Callable
) -> None:
    known = make_document("Bekend", b"Bekend.", "bekend.txt")
    batch = begin(editor, kennisbank, file("bekend.txt", b"Bekend."), file("nieuw.txt"))
    stored = Path(batch.files.get(owned=True).document.file.path)
    assert stored.exists()
    html = screen(editor, "weggooien", batch)
    assert "Met deze upload verdwijnt 1 bestand" in html
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("bestanden:weggooien", args=[batch.pk]))
    assert list(CMSDocument.objects.all()) == [known]
    assert not UploadedFile.objects.exists()


def test_a_file_that_waits_in_another_upload_stays_for_that_one(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    left = begin(editor, kennisbank, file("een.txt", b"Hetzelfde."))
    batch = begin(editor, kennisbank, file("een.txt", b"Hetzelfde."))
    assert batch.files.get().action == "nieuw"
    editor.post(reverse("bestanden:weggooien", args=[left.pk]))
    make_all(editor, batch, described(batch, publication_type))
    assert PublicationPage.objects.get().files.get().document == CMSDocument.objects.get()


def test_what_fails_is_told_and_can_be_tried_again(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = begin(editor, kennisbank, file("een.txt"), file("twee.txt"))
    made = making._make_publication

    def breaks(row: UploadedFile, user: User) -> PublicationPage:
        if row.name == "een.txt":
            raise OSError("schijf vol")
        return made(row, user)

    with monkeypatch.context() as broken:
        broken.setattr(making, "_make_publication", breaks)
        make_all(editor, batch, described(batch, publication_type), fails=1)
    assert [page.title for page in PublicationPage.objects.all()] == ["Twee"]
    assert batch.finished_at is None
    assert "1 bestand is niet gelukt. De andere wel." in screen(editor, "maken", batch)
    make = reverse("bestanden:maken", args=[batch.pk])
    editor.post(make, {"opnieuw": ""})
    editor.post(make)
    assert sorted(page.title for page in PublicationPage.objects.all()) == ["Een", "Twee"]


def test_making_once_more_makes_nothing_twice(
    editor: Client, kennisbank: KennisbankPage, publication_type: PublicationType
) -> None:
    batch = begin(editor, kennisbank, file("een.txt"))
    make_all(editor, batch, described(batch, publication_type))
    answer = editor.post(reverse("bestanden:maken", args=[batch.pk]), headers={"Accept": "application/json"})
    assert answer.json() == {"done": 1, "total": 1, "finished": True, "words": "1 van 1 klaar."}
    assert PublicationPage.objects.count() == 1


def test_files_go_to_the_chosen_collection(editor: Client, kennisbank: KennisbankPage) -> None:
    private = private_collection()
    html = editor.get(reverse("bestanden:start")).content.decode()
    assert "Een bestand in een besloten collectie is niet openbaar." in html
    place = {"kennisbank": kennisbank.pk, "collection": private.pk}
    editor.post(reverse("bestanden:start"), {**place, "bestand": file("geheim.txt")})
    assert CMSDocument.objects.get().collection == private


def test_the_table_of_many_files_asks_the_database_a_fixed_number_of_times(
    editor: Client, kennisbank: KennisbankPage, django_assert_max_num_queries
) -> None:
    batch = begin(editor, kennisbank, *(file(f"stuk {number}.txt") for number in range(12)))
    screen(editor, "beschrijven", batch)
    with django_assert_max_num_queries(35):
        screen(editor, "beschrijven", batch)
