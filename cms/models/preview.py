"""What is kept to show drafts: previews that wait for the frontend, and links with which somebody reads along."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

LONGEST = timedelta(days=14)


class FrontendPreview(models.Model):
    """What an editor's form said at one moment, rendered for the frontend to fetch.

    A code opens it once, within a minute, and gives the session that shows it. Of both only the hash is kept.
    """

    wagtail_reference_index_ignore = True
    never_public = True

    code_hash = models.CharField(_("afdruk van de code"), max_length=64, unique=True)
    code_expires_at = models.DateTimeField(_("code geldig tot"))
    # Many have none yet.
    session_hash = models.CharField(_("afdruk van de sessie"), max_length=64, unique=True, null=True)  # noqa: DJ001
    # Also until when the row is of use.
    expires_at = models.DateTimeField(_("geldig tot"), db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("gebruiker"), on_delete=models.CASCADE, related_name="+"
    )
    content_type = models.ForeignKey(ContentType, verbose_name=_("soort"), on_delete=models.CASCADE, related_name="+")
    # Empty for what has not been saved yet.
    object_id = models.CharField(_("nummer"), max_length=255, blank=True)
    language = models.CharField(_("taal"), max_length=10)
    answer = models.JSONField(_("inhoud"))

    class Meta:
        verbose_name = _("voorbeeld voor de frontend")
        verbose_name_plural = _("voorbeelden voor de frontend")

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id or '–'}"


class ReviewLinkQuerySet(models.QuerySet["ReviewLink"]):
    def valid(self) -> "ReviewLinkQuerySet":
        """Keep what still opens: not revoked, and not past its day."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ReviewLink(models.Model):
    """Lets whoever has the link read one revision of a page, for two weeks at most. Its key is kept as a hash only."""

    wagtail_reference_index_ignore = True
    never_public = True

    key_hash = models.CharField(_("afdruk van de sleutel"), max_length=64, unique=True)
    page = models.ForeignKey(Page, verbose_name=_("pagina"), on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, verbose_name=_("versie"), on_delete=models.CASCADE, related_name="+")
    reader = models.CharField(
        _("voor wie"), max_length=100,
        help_text=_("Een team of functie, zoals: jurist van de gemeente. Zo weet u later wiens link u intrekt."),
    )  # fmt: skip
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("gemaakt door"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    expires_at = models.DateTimeField(_("geldig tot"))
    revoked_at = models.DateTimeField(_("ingetrokken op"), null=True)
    opened_at = models.DateTimeField(_("laatst geopend"), null=True)

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeleeslink")
        verbose_name_plural = _("meeleeslinks")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="cms_reviewlink_two_weeks_at_most", condition=Q(expires_at__lte=F("made_at") + LONGEST)
            )
        ]

    def __str__(self) -> str:
        return self.reader

    @property
    def is_valid(self) -> bool:
        """Whether it still opens."""
        return self.revoked_at is None and self.expires_at > timezone.now()
