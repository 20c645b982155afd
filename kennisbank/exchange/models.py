"""Which publication came from which row of somebody else's list."""

from django.db import models


class ImportedPublication(models.Model):
    """The key that a publication has in the list it was imported from, so that a second run finds it again."""

    key = models.CharField(max_length=100, unique=True)
    page = models.OneToOneField("kennisbank.PublicationPage", on_delete=models.CASCADE, related_name="imported")

    def __str__(self) -> str:
        return self.key
