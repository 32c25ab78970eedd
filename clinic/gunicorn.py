"""The web server's settings (`gunicorn --config python:clinic.gunicorn`); read by gunicorn by these names."""

import os

wsgi_app = "clinic.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 15
max_requests = 5000
max_requests_jitter = 500
# Gunicorn's own access lines would hold the patients' addresses; the application logs its requests itself.
accesslog = None
control_socket_disable = True
