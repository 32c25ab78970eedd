"""What the rules say of a version that was issued."""

from dataclasses import replace

from plans.content import from_json
from plans.models import Publication
from plans.queries.checks import PlanCheck, check_issued
from plans.queries.easier import misfits
from plans.queries.library_snapshot import LibrarySnapshot


def check_publication(publication: Publication, *, library: LibrarySnapshot | None = None) -> PlanCheck:
    """Run today's rules on what was issued, whatever the draft says by now, and on the patient as recorded now.

    In the language in which it was issued.
    """
    content = from_json(publication.content.json)
    check = check_issued(publication.plan, content, library=library)
    return replace(check, findings=(*check.findings, *misfits(content, check, library=library)))
