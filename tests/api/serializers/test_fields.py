import pytest
from rest_framework.exceptions import ValidationError

from plans.api.serializers.fields import ChoiceList
from plans.api.serializers.patients import PatientSerializer
from plans.api.serializers.plans import ItemSerializer, PlanSerializer
from plans.api.serializers.protocols import ProtocolItemSerializer, ProtocolSerializer
from plans.models import Patient, Plan, PlanItem, Protocol, ProtocolItem


@pytest.fixture
def equipment():
    return ChoiceList(choices=["band", "chair", "mat"], help_text="", example=["mat"])


def test_words_stay_in_their_order(equipment):
    assert equipment.run_validation(["mat", "band"]) == ["mat", "band"]


def test_a_word_that_is_given_twice_is_refused_at_its_place(equipment):
    with pytest.raises(ValidationError) as refused:
        equipment.run_validation(["mat", "band", "mat"])
    assert refused.value.get_codes() == {2: ["given_twice"]}


@pytest.mark.parametrize(
    ("serializer", "model"),
    [
        (PatientSerializer, Patient),
        (PlanSerializer, Plan),
        (ItemSerializer, PlanItem),
        (ProtocolSerializer, Protocol),
        (ProtocolItemSerializer, ProtocolItem),
    ],
)
def test_a_text_may_be_as_long_as_its_column(serializer, model):
    columns = {column.name: column.max_length for column in model._meta.concrete_fields if column.max_length}
    texts = {
        name: field.max_length
        for name, field in serializer().fields.items()
        if name in columns and hasattr(field, "max_length")
    }
    assert texts
    assert texts == {name: columns[name] for name in texts}
