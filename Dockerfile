# One image for web, worker and scheduler; docker-compose.yml says which is which.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/groundwork

# Printed documents speak all scripts: fonts for what people write.
RUN apt-get update -q \
    && apt-get install -qy --no-install-recommends fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/*

COPY requirements.txt requirements-worker.txt ./
RUN pip install -r requirements.txt -r requirements-worker.txt \
    && useradd --system --uid 10001 --home /srv/groundwork groundwork \
    && mkdir -p /srv/media /srv/kept /srv/schedule \
    && chown groundwork /srv/media /srv/kept /srv/schedule

COPY LICENSE manage.py verify.py gunicorn.conf.py ./
COPY elicitation ./elicitation
COPY deliberation ./deliberation
COPY groundwork_relay ./groundwork_relay
COPY templates ./templates
COPY static ./static
COPY locale ./locale

# Collecting static files needs settings, not secrets: these hold for this one line.
RUN GROUNDWORK_ENV=production SECRET_KEY=only-while-building-the-image-0123456789abcdef ALLOWED_HOSTS=build \
    DATABASE_URL=postgres://build@build/build REDIS_URL=redis://build/0 python manage.py collectstatic --noinput

USER groundwork
EXPOSE 8000
CMD ["gunicorn", "deliberation.project.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8"]
