"""A choice whose options stand in the database."""

from collections.abc import Callable
from typing import Any

from django import forms
from wagtail import blocks


class StoredChoiceBlock(blocks.FieldBlock):
    """A `<select>` with what `choices` gives. Its values mean the same in every language, so a translation keeps them.

    Wagtail's ChoiceBlock would ask for its choices on each page view, not only in the editor.
    """

    def __init__(
        self, choices: Callable[[], list[Any]], required: bool = True, help_text: Any = "", **kwargs: Any
    ) -> None:
        self.field = forms.ChoiceField(choices=choices, required=required, help_text=help_text)
        super().__init__(**kwargs)

    class Meta:
        icon = "list-ul"
