import plans


def test_the_release_is_told(api):
    assert api.get("service/").json() == {"version": plans.__version__}
