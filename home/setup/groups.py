"""Groups of editors and what each may do; docs/redactie/rollen.md tells it to people, a test compares the two."""

from dataclasses import dataclass

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    TranslatableMixin,
    Workflow,
)
from wagtail.snippets.models import get_snippet_models

from home.models import HomePage
from home.setup.content import ContentError, Record
from home.setup.report import Report

_PAGES = {
    "redactie": ["add_page", "change_page"],
    "eindredactie": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    "vertalers": [],  # below the home pages of their languages, see allow_translators
    "beheer": ["add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"],
}
_FILES = {
    "redactie": ["add", "choose"],
    "eindredactie": ["add", "change", "choose"],
    "vertalers": ["choose"],
    "beheer": ["add", "change", "choose", "delete"],
}
# What each group may do with facts (relations, municipalities, plans …), with terms, and with parts of the site.
_FACTS = {
    "redactie": ["view"],
    "eindredactie": ["add", "change", "delete", "view", "publish"],
    "vertalers": [],
    "beheer": ["add", "change", "delete", "view", "publish"],
}
_TRANSLATABLE = {
    "redactie": [],
    "eindredactie": ["add", "change", "view", "publish"],
    "vertalers": ["change"],  # of translations only, see cms/editing.py
    "beheer": ["add", "change", "delete", "view", "publish"],
}
_TRANSLATE = Q(content_type__app_label="wagtail_localize", codename="submit_translation")
_MISSED = Q(content_type__app_label="cms", codename="view_missedsearch")
_FORGET_MISSED = Q(content_type__app_label="cms", codename="delete_missedsearch")
# What readers sent: personal data, for those who answer it.
_SUBMISSIONS = Q(content_type__app_label="cms", content_type__model="formsubmission")
_REDIRECTS = Q(content_type__app_label="wagtailredirects", content_type__model="redirect")
_ADMINISTRATION = (
    Q(content_type__app_label="cms", content_type__model__in=["user", "apitoken", "webhook"])
    | Q(content_type__app_label="auth", content_type__model="group")
    | Q(
        content_type__app_label="wagtailcore",
        content_type__model__in=["collection", "locale", "site", "task", "workflow", "groupapprovaltask"],
    )
)
_FURTHER = {
    "redactie": [_MISSED],
    "eindredactie": [_REDIRECTS, _TRANSLATE, _MISSED, _FORGET_MISSED, _SUBMISSIONS],
    "vertalers": [_TRANSLATE],
    "beheer": [_REDIRECTS, _TRANSLATE, _ADMINISTRATION, _MISSED, _FORGET_MISSED, _SUBMISSIONS],
}
_GROUPS_OF_WAGTAIL = {"Editors": "redactie", "Moderators": "eindredactie"}


@dataclass(frozen=True)
class Right:
    """One thing that a group may do: everywhere, below a page, or in a collection."""

    permission: Permission
    page: Page | None = None
    collection: Collection | None = None

    def is_given_to(self, group: Group) -> bool:
        """Whether the group has it."""
        return self._records(group).exists()

    def give_to(self, group: Group) -> None:
        """Let the group do it."""
        if self.page:
            GroupPagePermission.objects.create(group=group, page=self.page, permission=self.permission)
        elif self.collection:
            GroupCollectionPermission.objects.create(
                group=group, collection=self.collection, permission=self.permission
            )
        else:
            group.permissions.add(self.permission)

    def _records(self, group: Group) -> QuerySet:
        if self.page:
            return GroupPagePermission.objects.filter(group=group, page=self.page, permission=self.permission)
        if self.collection:
            return GroupCollectionPermission.objects.filter(
                group=group, collection=self.collection, permission=self.permission
            )
        return group.permissions.filter(pk=self.permission.pk)

    def __str__(self) -> str:
        return f"{self.permission.content_type.name}: {self.permission.codename}"


def set_up_groups(region: Record, report: Report, *, add_rights: bool = False) -> dict[str, Group]:
    """Give the groups of the region by key. A new group gets its rights.

    A group that was there gets those it lacks only with `add_rights`: an administrator may have taken them away on
    purpose. Nothing is ever taken away.
    """
    groups = {}
    for record in region.tables("groepen"):
        key = record.text("key")
        if key not in _PAGES:
            raise ContentError(f"{record.place}: onbekende groep '{key}'. Kies uit: {', '.join(sorted(_PAGES))}.")
        group, new = Group.objects.get_or_create(name=record.text("naam"))
        report.add("Groepen", new=new)
        missing = [right for right in rights_of(key) if new or not right.is_given_to(group)]
        if new or add_rights:
            for right in missing:
                right.give_to(group)
        if not new:
            _tell(group, missing, report, added=add_rights)
        groups[key] = group
    _retire_groups_of_wagtail(groups)
    return groups


def _tell(group: Group, missing: list[Right], report: Report, *, added: bool) -> None:
    if not missing:
        return
    names = ", ".join(str(right) for right in missing)
    if added:
        report.note(f"Groep {group.name}: {len(missing)} rechten toegevoegd ({names})")
    else:
        report.note(f"Groep {group.name}: mist {len(missing)} rechten ({names}). Geef ze met --rechten.")


def allow_translators(group: Group, home: HomePage) -> None:
    """Let translators edit below the home page of each other language, and look at the pages in the site's own.

    Publishing stays with the editors in chief. Wagtail has no right to look only: "bulk delete" is the one that allows
    nothing by itself, for it widens the right to change, which is not given here.
    """
    pages = Permission.objects.filter(content_type__app_label="wagtailcore")
    given = [(home, "bulk_delete_page"), *((each.page_ptr, "change_page") for each in home.get_translations())]
    for page, codename in given:
        permission = pages.get(codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def rights_of(key: str) -> list[Right]:
    """Give all rights that come with a group of this key, those on pages of a language aside."""
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    names = [f"{action}_{model}" for action in _FILES[key] for model in ("image", "document")]
    # Wagtail asks for the permissions of its own image and document models, also where a project has others.
    files = _permissions("wagtailimages", "wagtaildocs").filter(codename__in=names)
    pages = _permissions("wagtailcore").filter(codename__in=_PAGES[key])
    everywhere = _permissions("wagtailadmin").filter(codename="access_admin") | _permissions_on_snippets(key)
    for rule in _FURTHER[key]:
        everywhere |= Permission.objects.filter(rule)
    return [
        *(Right(permission) for permission in everywhere.select_related("content_type").distinct()),
        *(Right(permission, page=root) for permission in pages.select_related("content_type")),
        *(Right(permission, collection=collection) for permission in files.select_related("content_type")),
    ]


def _permissions_on_snippets(key: str) -> QuerySet[Permission]:
    """Give what the group may do with each kind of record in the admin."""
    rule = Q(pk__in=[])
    for model in get_snippet_models():
        translatable = issubclass(model, TranslatableMixin)
        for action in (_TRANSLATABLE if translatable else _FACTS)[key]:
            codename = get_permission_codename(action, model._meta)
            rule |= Q(content_type__app_label=model._meta.app_label, codename=codename)
    return Permission.objects.filter(rule)


def _permissions(*apps: str) -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label__in=apps)


def _retire_groups_of_wagtail(groups: dict[str, Group]) -> None:
    """Hand the workflow to our group and remove Wagtail's English groups, unless somebody is in them."""
    for name, key in _GROUPS_OF_WAGTAIL.items():
        old = Group.objects.filter(name=name, user__isnull=True).first()
        if old is None or key not in groups:
            continue
        for task in GroupApprovalTask.objects.filter(groups=old):
            task.groups.add(groups[key])
            _rename(Task.objects.filter(pk=task.pk), f"{name} approval", groups[key])
        _rename(Workflow.objects.all(), f"{name} approval", groups[key])
        old.delete()


def _rename(records: QuerySet, english: str, group: Group) -> None:
    records.filter(name=english).update(name=f"Controle door {group.name.lower()}")
