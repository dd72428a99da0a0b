"""Data written in one way only."""

from idekom.lib.canonical import canonical, digest


def test_equal_data_are_written_alike() -> None:
    assert canonical({"b": [1, None], "a": "å"}) == canonical({"a": "å", "b": [1, None]}) == '{"a":"å","b":[1,null]}'.encode()


def test_a_digest_is_sha_256() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
