from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.people.refusals import sentence_of
from app.people.routes import LoginBody

GOOD = '"device":{"id":"d1"}'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "This is not readable as JSON."),
        ("[]", "The request must be an object."),
        ("null", "The request must be an object."),
        ("{" + GOOD + ',"password":"x"}', "The field “username” is missing."),
        ('{"username":7,"password":"x",' + GOOD + "}", "The field “username” must be text."),
        ('{"username":" ","password":"x",' + GOOD + "}", "The field “username” is too short."),
        ('{"username":"nia","password":"' + "x" * 201 + '",' + GOOD + "}", "The field “password” is too long."),
        ('{"username":"nia","password":"x"}', "The field “device” is missing."),
        ('{"username":"nia","password":"x","device":"d1"}', "The field “device” must be an object."),
        ('{"username":"nia","password":"x","device":{}}', "The field “device.id” is missing."),
        (
            '{"username":"nia","password":"x","device":{"id":"a b"}}',
            "The field “device.id” has characters that are not allowed here.",
        ),
        ('{"username":"nia",' + GOOD + "}", "Send either the field “password” or the field “pin”."),
        (
            '{"username":"nia","password":"x","pin":"1",' + GOOD + "}",
            "Send either the field “password” or the field “pin”.",
        ),
        ('{"username":"n\\u0000a","password":"x",' + GOOD + "}", "Text must not hold the NUL character."),
        ('{"username":"\\ud800","password":"x",' + GOOD + "}", "This is not readable as JSON."),
    ],
)
def test_the_sentence_names_the_field(text: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        LoginBody.model_validate_json(text)

    assert sentence_of(caught.value.errors(include_url=False, include_input=False, include_context=False)) == sentence
