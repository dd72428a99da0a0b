# One image for web, worker and beat. It runs as an ordinary user, and writes nowhere but to /data and /tmp.
FROM python:3.11-slim-bookworm

ENV LC_ALL=C.UTF-8 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /portal
COPY requirements/production.lock requirements/
RUN pip install --require-hashes --no-deps --only-binary :all: -r requirements/production.lock
COPY . .

# The static files are a part of the image. The settings of this one command lead nowhere and are not kept.
ENV DATA_DIR=/data STATIC_DIR=/portal/collected HOME=/tmp
RUN DATABASE_URL=postgres://none/none REDIS_URL=redis://none EMAIL_URL=dummymail:// \
    SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    python manage.py collectstatic --no-input --verbosity 0

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 700 /data
USER portal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["python", "docker/health.py"]
CMD ["gunicorn", "idekom.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
