# docker build -t akrab . && docker run --rm -v akrab:/data -v "$PWD/files:/files:ro" akrab import /files
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    AKRAB_HOME=/data \
    AKRAB_MODELS_CACHE=/opt/akrab/models

WORKDIR /opt/akrab/src
COPY requirements.lock ./
RUN pip install --upgrade pip && pip install --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY knowledge knowledge
COPY assistant assistant
COPY integrations integrations
COPY evals evals
RUN pip install --no-deps .

# The embedding model is converted here, so that the container starts at once and needs no network.
WORKDIR /opt/akrab
RUN AKRAB_HOME=/tmp/empty akrab doctor && rm -rf /tmp/empty \
    && useradd --create-home --uid 10001 akrab \
    && mkdir --parents /data \
    && chown akrab:akrab /data

USER akrab
VOLUME /data
HEALTHCHECK --interval=5m --timeout=60s --start-period=30s CMD ["akrab", "doctor"]
ENTRYPOINT ["akrab"]
CMD ["--help"]
