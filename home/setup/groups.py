"""Groups of editors and what each may do. Only a new group gets permissions: later choices are the administrator's."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
)

from home.models import HomePage
from home.setup.content import ContentError, Record
from home.setup.report import Report

_PAGES = {
    "redactie": ["add_page", "change_page"],
    "eindredactie": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    "vertalers": [],  # on the home pages of their languages, see allow_translators
    "beheer": ["add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"],
}
_FILES = {
    "redactie": ["add", "choose"],
    "eindredactie": ["add", "change", "choose"],
    "vertalers": ["choose"],
    "beheer": ["add", "change", "choose", "delete"],
}
_TRANSLATE = Q(content_type__app_label="wagtail_localize", codename="submit_translation")
_REDIRECTS = Q(content_type__app_label="wagtailredirects", content_type__model="redirect")
_RECORDS = Q(content_type__app_label__in=["network", "themes", "districts", "kennisbank", "home"])
_ADMINISTRATION = (
    Q(content_type__app_label="cms", content_type__model="user")
    | Q(content_type__app_label="auth", content_type__model="group")
    | Q(
        content_type__app_label="wagtailcore",
        content_type__model__in=["collection", "locale", "site", "task", "workflow"],
    )
)
_RIGHTS = {
    "redactie": None,
    "eindredactie": _REDIRECTS | _TRANSLATE,
    "vertalers": _TRANSLATE,
    "beheer": _REDIRECTS | _TRANSLATE | _RECORDS | _ADMINISTRATION,
}
# Wagtail's first migrations make these two, and a workflow for the second.
_GROUPS_OF_WAGTAIL = {"Editors": "redactie", "Moderators": "eindredactie"}


def set_up_groups(region: Record, report: Report) -> dict[str, Group]:
    """Give the groups of the region file by key; make those that are missing."""
    groups = {}
    for record in region.tables("groepen"):
        key = record.text("key")
        if key not in _PAGES:
            raise ContentError(f"{record.place}: onbekende groep '{key}'. Kies uit: {', '.join(sorted(_PAGES))}.")
        group, new = Group.objects.get_or_create(name=record.text("naam"))
        report.add("Groepen", new=new)
        if new:
            _grant(group, key)
        groups[key] = group
    _retire_groups_of_wagtail(groups)
    return groups


def allow_translators(group: Group, home: HomePage) -> None:
    """Let translators edit below the home page of each other language; publishing stays with the editors in chief."""
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    for translation in home.get_translations():
        GroupPagePermission.objects.get_or_create(group=group, page=translation.page_ptr, permission=change)


def _grant(group: Group, key: str) -> None:
    group.permissions.add(_permissions("wagtailadmin").get(codename="access_admin"))
    if (rights := _RIGHTS[key]) is not None:
        group.permissions.add(*Permission.objects.filter(rights))
    root = Page.get_first_root_node()
    for permission in _permissions("wagtailcore").filter(codename__in=_PAGES[key]):
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    names = [f"{action}_{model}" for action in _FILES[key] for model in ("image", "document")]
    # Wagtail asks for the permissions of its own image and document models, also where a project has others.
    for permission in _permissions("wagtailimages", "wagtaildocs").filter(codename__in=names):
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)


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
