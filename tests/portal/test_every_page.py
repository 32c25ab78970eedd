import pytest
from tests.portal.every_page import Walk

@pytest.mark.parametrize("language", ["en", "ar"])
def test_walk(issued, broker, language):
    import time
    t=time.time()
    pages = Walk(issued, language)()
    print(len(pages), time.time()-t)
    print(sorted({t for p in pages.values() for t in p.templates}))
