"""Tokens by which programs use the API in the name of an account."""

import secrets
from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# So that a scanner of secrets, and a person, know what it is.
START = "apisleutel_"
SHOWN = len(START) + 4
LONGEST = timedelta(days=366)
# Seconds between two writes of when a token was last used.
NOTED_EVERY = 600


def digest(token: str) -> str:
    """Give what is stored of a token. It is random and long, so one round of hashing is enough."""
    return sha256(token.encode()).hexdigest()


def in_a_year() -> date:
    """Give the day that a form offers for the end of a token."""
    return timezone.localdate() + timedelta(days=365)


class ApiTokenQuerySet(models.QuerySet):
    """Tokens by whether they work."""

    def working(self) -> "ApiTokenQuerySet":
        """Keep tokens that were not revoked, have not expired, and whose account may log in."""
        return self.filter(revoked_at=None, expires_on__gt=timezone.localdate(), user__is_active=True)


class ApiToken(models.Model):
    """A token. What it is stands nowhere: whoever made it saw it once; here is its hash."""

    never_public = True

    class Scope(models.TextChoices):
        READ = "lezen", _("Lezen: alles wat openbaar is")
        PRIVATE = "besloten", _("Besloten: ook de besloten pagina's die het account mag zien")

    name = models.CharField(
        _("naam"), max_length=100, help_text=_("Waar de sleutel voor is, bijvoorbeeld: intranet van de gemeente.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="delivery_tokens",
        help_text=_("Een besloten pagina opent alleen als dit account haar mag zien."),
    )  # fmt: skip
    scope = models.CharField(_("bereik"), max_length=20, choices=Scope, default=Scope.READ)
    expires_on = models.DateField(
        _("verloopt op"),
        default=in_a_year,
        help_text=_("Vanaf deze dag werkt de sleutel niet meer. Hoogstens een jaar vooruit."),
    )
    shown = models.CharField(_("begin"), max_length=SHOWN, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("laatst gebruikt"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("ingetrokken op"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API-sleutel")
        verbose_name_plural = _("API-sleutels")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.expires_on and not timezone.localdate() < self.expires_on <= timezone.localdate() + LONGEST:
            raise ValidationError({"expires_on": _("Kies een dag na vandaag, hoogstens een jaar vooruit.")})

    def give(self) -> str:
        """Give the token itself a new value, and return it: the only time that anybody sees it. Saves nothing."""
        token = START + secrets.token_urlsafe(32)
        self.digest, self.shown = digest(token), token[:SHOWN]
        return token

    def revoke(self) -> None:
        """Let it work no more, for ever."""
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])

    @property
    def state(self) -> str:
        """Whether it works, in words."""
        if self.revoked_at:
            return str(_("Ingetrokken"))
        if self.expires_on <= timezone.localdate():
            return str(_("Verlopen"))
        return str(_("Werkt"))

    def note_use(self) -> None:
        """Note that it was used now: one write in ten minutes at most, whatever it is used for."""
        now = timezone.now()
        if self.last_used_at is None or (now - self.last_used_at).total_seconds() > NOTED_EVERY:
            type(self).objects.filter(pk=self.pk).update(last_used_at=now)
