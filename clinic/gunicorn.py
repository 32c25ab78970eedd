"""The web server's settings (`gunicorn --config python:clinic.gunicorn`); read by gunicorn by these names."""

import os

wsgi_app = "clinic.wsgi"
worker_class = "clinic.web_worker.DeadlineWorker"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
# These wait for slow senders and receivers and are made when needed; WEB_THREADS others do the work (clinic.wsgi).
threads = 250
worker_connections = 1000
timeout = 60
graceful_timeout = 15
max_requests = 5000
max_requests_jitter = 500
# Gunicorn's own access lines would hold the patients' addresses; the application logs its requests itself.
accesslog = None
control_socket_disable = True
