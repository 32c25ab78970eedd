# One image for the web server, the worker and the scheduler; docker-compose.yml starts all of them.
FROM debian:bookworm-slim AS base
ENV LANG=C.UTF-8 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH
# Pango and HarfBuzz lay out and subset the text of the handout; its fonts come with the project. The last one reads
# the HEIC pictures of phones.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       ca-certificates python3 fontconfig libpangoft2-1.0-0 libharfbuzz-subset0 libheif-examples \
    && rm -rf /var/lib/apt/lists/*

FROM base AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3-venv gettext
COPY requirements.txt /build/requirements.txt
RUN python3 -m venv /opt/venv \
    && pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /build/requirements.txt
WORKDIR /srv/app
COPY . /srv/app
RUN for source in locale/*/LC_MESSAGES/*.po plans/admin/locale/*/LC_MESSAGES/*.po; do \
      [ ! -e "$source" ] || msgfmt --check-format -o "${source%.po}.mo" "$source"; done
# With a DATABASE_URL, which is not opened, the files are compressed too.
RUN DATABASE_URL=postgresql://none SECRET_KEY=$(head -c 48 /dev/urandom | base64) LINK_KEY=$(head -c 48 /dev/urandom | base64) \
    DATA_DIR=/build/data STATIC_ROOT=/srv/static python manage.py collectstatic --no-input
RUN python -m compileall -q /opt/venv/lib /srv/app

FROM base AS service
RUN useradd --uid 10001 --home-dir /var/lib/home-exercise --create-home --shell /usr/sbin/nologin service \
    && install -d -o service -g service -m 700 /var/lib/home-exercise /var/lib/home-exercise/media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/app /srv/app
WORKDIR /srv/app
ENV DATA_DIR=/var/lib/home-exercise STATIC_ROOT=/srv/static
USER service
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["python", "-m", "clinic.probe", "web"]
CMD ["python", "-m", "gunicorn", "--config", "python:clinic.gunicorn", "--bind", "0.0.0.0:8000"]
