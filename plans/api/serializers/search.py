"""What every search may say in its body."""

from plans.api.serializers.base import InputSerializer
from plans.api.serializers.fields import Choice, Text, Whole

MAX_PAGE_SIZE = 200


class SearchInputSerializer(InputSerializer):
    """What every search may say."""

    page_size = Whole(
        required=False,
        min_value=1,
        max_value=MAX_PAGE_SIZE,
        help_text="How many results on a page; 50 when not given.",
        example=50,
    )


def ordering_field(*names: str) -> Choice:
    choices = [name for field in names for name in (field, f"-{field}")]
    return Choice(
        required=False,
        choices=choices,
        help_text="The field to order by; a minus sign in front turns the order round.",
        example=names[0],
    )


def words_field(*names: str) -> Text:
    return Text(
        required=False,
        max_length=200,
        help_text=f"Words that must all occur, each in one of: {', '.join(names)}.",
        example="ann",
    )
