"""The data of the scripts of a page."""

from recognition_model.report.as_of import as_json


def test_json_for_a_script_cannot_close_its_element() -> None:
    assert as_json(["</X>", "a & b"]) == '["\\u003c/X\\u003e","a \\u0026 b"]'
    assert as_json("a\u2028b\u2029", ascii_only=False) == '"a\\u2028b\\u2029"'


def test_json_for_a_script_reads_alike_in_every_encoding_unless_asked() -> None:
    assert as_json("Türkiye") == '"T\\u00fcrkiye"'
    assert as_json("Türkiye", ascii_only=False) == '"Türkiye"'
