from clinic.stamp import Stamp


def test_holds_until_a_source_changes_appears_or_goes(tmp_path):
    sources = tmp_path / "sources"
    (sources / "deep").mkdir(parents=True)
    (sources / "deep" / "one").write_text("1")
    stamp = Stamp(path=tmp_path / "made" / "stamp", sources=[sources])
    assert not stamp.holds()

    stamp.write()
    assert stamp.holds()

    for change in (
        lambda: (sources / "deep" / "one").write_text("2"),
        lambda: (sources / "two").write_text(""),
        lambda: (sources / "deep" / "one").unlink(),
    ):
        change()
        assert not stamp.holds()
        stamp.write()
        assert stamp.holds()
