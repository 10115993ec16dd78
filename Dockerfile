# Between in a container: `docker compose --profile sqlite up`. Nothing secret is in the image; the
# token comes from the environment, the master key and the database from volumes.

FROM python:3.11-slim-bookworm AS build
ENV UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
WORKDIR /build
COPY requirements.lock requirements.run.lock ./
# uv itself is held to the hash in the lock like everything else.
RUN sed -n '/^uv==/,/[^\\]$/p' requirements.lock > uv.lock \
    && pip install --no-cache-dir --require-hashes -r uv.lock
RUN python -m venv --without-pip /opt/between \
    && uv pip install --python /opt/between/bin/python --require-hashes --no-cache \
        -r requirements.run.lock

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin between \
    && install -d -o between -m 700 /data /keys /lists /backups
COPY --from=build /opt/between /opt/between
COPY bot /app/bot
COPY exercises /app/exercises
COPY prompts /app/prompts
RUN /opt/between/bin/python -m compileall -q /app/bot \
    && printf '#!/bin/sh\nPYTHONPATH=/app exec /opt/between/bin/python -m bot "$@"\n' \
        > /usr/local/bin/between \
    && chmod 755 /usr/local/bin/between
WORKDIR /app
USER 10001
ENV PATH=/opt/between/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data MASTER_KEY_FILE=/keys/master.key TOMBSTONES_FILE=/lists/tombstones \
    LOG_JSON=true METRICS_PORT=9464
VOLUME ["/data", "/keys", "/lists", "/backups"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:9464/healthz', timeout=8)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
