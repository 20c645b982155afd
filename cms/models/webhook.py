"""Whom to tell that something public changed, what was told, and whether it arrived (cms/outbox/)."""

import base64
import secrets
import uuid
from ipaddress import ip_address
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def new_secret() -> str:
    """Give a secret in the form that receivers' libraries know (Standard Webhooks)."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def check_address(url: str) -> None:
    """Refuse an address over which messages would go in the open, or that holds a password."""
    try:
        address = urlsplit(url)
        known = bool(address.hostname) and address.port != 0
    except ValueError:
        known = False
    if not known:
        raise ValidationError(gettext("Dit is geen adres."))
    if address.scheme != "https" and not (address.scheme == "http" and _is_here(address.hostname or "")):
        raise ValidationError(gettext("Het adres moet met https:// beginnen."))
    if address.username or address.password:
        raise ValidationError(gettext("Zet geen gebruikersnaam of wachtwoord in het adres."))


def _is_here(host: str) -> bool:
    if not settings.WEBHOOKS_TO_PRIVATE_ADDRESSES:
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_words(words: str) -> None:
    """Refuse words that no tag begins with, so that a typing error does not silence a webhook."""
    known = ("site-", "language-", "type-", "list-", "part-", "page", "image", "document")
    if wrong := [word for word in words.split() if not word.startswith(known)]:
        raise ValidationError(gettext("“%(word)s” is geen woord van Cache-Tag.") % {"word": wrong[0]})


class Webhook(models.Model):
    """An address that is told of changes, with the secret that signs what is told."""

    never_public: ClassVar = True
    wagtail_reference_index_ignore = True

    name = models.CharField(_("naam"), max_length=100, help_text=_("Van wie dit adres is, bijvoorbeeld: CDN."))
    url = models.CharField(
        _("adres"), max_length=500, validators=[check_address],
        help_text=_("Hierheen gaat bij elke wijziging een bericht. Het adres begint met https://."),
    )  # fmt: skip
    words = models.CharField(
        _("alleen deze woorden"), max_length=500, blank=True, validators=[check_words],
        help_text=_(
            "Leeg: alle wijzigingen. Anders alleen een bericht met een woord van Cache-Tag dat zo begint, bijvoorbeeld "
            "type-thema part-banner. Zet er een spatie tussen."
        ),
    )  # fmt: skip
    active = models.BooleanField(
        _("actief"), default=True, help_text=_("Uit: er gaat niets heen. Wat nog wachtte, gaat als u hem weer aanzet.")
    )
    secret = models.CharField(
        _("geheim"), max_length=100, default=new_secret, editable=False,
        help_text=_("Hiermee is elk bericht ondertekend. Geef het alleen aan wie de berichten ontvangt."),
    )  # fmt: skip

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    def wants(self, tags: list[str]) -> bool:
        """Say whether a message with these tags is for this webhook."""
        wanted = tuple(self.words.split())
        return not wanted or any(tag.startswith(wanted) for tag in tags)


class OutboxMessage(models.Model):
    """What changed, in the words of Cache-Tag. Of people, and of what is not public, it holds nothing."""

    never_public: ClassVar = True
    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        CHANGED = "inhoud.gewijzigd", _("inhoud gewijzigd")
        TIME = "tijd.verstreken", _("tijd verstreken")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("soort"), max_length=30, choices=Kind, default=Kind.CHANGED, editable=False)
    happened_at = models.DateTimeField(_("tijdstip"), default=timezone.now, db_index=True, editable=False)
    tags = models.JSONField(_("woorden"), default=list, editable=False)
    # Of pages that changed, as Wagtail keeps them: for caches that know addresses only. Never sent to a webhook.
    url_paths = models.JSONField(_("paden"), default=list, editable=False)

    class Meta:
        ordering = ["-happened_at", "-pk"]
        default_permissions = ()
        verbose_name = _("bericht over een wijziging")
        verbose_name_plural = _("berichten over wijzigingen")

    def __str__(self) -> str:
        return str(self.pk)


class DeliveryQuerySet(models.QuerySet):
    """Deliveries by how they stand."""

    def unfinished(self) -> "DeliveryQuerySet":
        """Keep those that are still to be sent, and whose receiver is to be told."""
        unfinished = self.filter(state__in=[Delivery.State.WAITING, Delivery.State.FAILED])
        return unfinished.filter(models.Q(webhook=None) | models.Q(webhook__active=True))

    def given_up(self) -> "DeliveryQuerySet":
        """Keep those that did not arrive and are not sent again by themselves."""
        return self.filter(state=Delivery.State.GIVEN_UP)


class Delivery(models.Model):
    """One message for one receiver: a webhook, or else a cache of WAGTAILFRONTENDCACHE by its name."""

    never_public: ClassVar = True
    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        WAITING = "wacht", _("wacht")
        DELIVERED = "afgeleverd", _("afgeleverd")
        FAILED = "mislukt", _("mislukt, gaat vanzelf opnieuw")
        GIVEN_UP = "opgegeven", _("opgegeven")

    message = models.ForeignKey(OutboxMessage, verbose_name=_("bericht"), on_delete=models.CASCADE, editable=False)
    webhook = models.ForeignKey(Webhook, verbose_name=_("webhook"), null=True, on_delete=models.CASCADE, editable=False)
    cache = models.CharField(_("cache"), max_length=100, blank=True, editable=False)
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.WAITING, editable=False)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0, editable=False)
    next_at = models.DateTimeField(_("volgende poging"), default=timezone.now, editable=False)
    answer = models.CharField(_("laatste antwoord"), max_length=200, blank=True, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-message__happened_at", "-pk"]
        default_permissions = ()
        verbose_name = _("aflevering")
        verbose_name_plural = _("afleveringen")
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], condition=models.Q(state__in=["wacht", "mislukt"]), name="cms_delivery_unfinished"
            ),
            models.Index(fields=["state", "-id"], name="cms_delivery_state"),
        ]

    def __str__(self) -> str:
        return f"{self.receiver}: {self.message_id}"

    @property
    def receiver(self) -> str:
        """Whom it is for, by name."""
        return str(self.webhook) if self.webhook else self.cache
