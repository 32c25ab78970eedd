"""The web server's entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
django_application = get_wsgi_application()

from clinic.request_body import BoundedBody  # noqa: E402  # its log is set up by now

application = BoundedBody(django_application, threads=int(os.environ.get("WEB_THREADS", "4")))
