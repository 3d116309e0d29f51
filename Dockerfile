# One image for web, worker and beat. Build arguments: IMAGE_REGISTRY ("mirror.example/library/"), PIP_INDEX_URL.
ARG IMAGE_REGISTRY=""
FROM ${IMAGE_REGISTRY}python:3.11-slim-bookworm

# For the printed papers of later versions: every script of the region.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
WORKDIR /app
ARG PIP_INDEX_URL=""
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/base.txt

COPY . .
# The build has no settings: the key it makes for this one command stays in a folder that is thrown away.
RUN DATA_DIR=/tmp/build python manage.py translations compile \
    && rm -rf /tmp/build \
    && useradd --uid 10001 --no-create-home portal \
    && install -d -o portal -g portal -m 700 /data

USER portal
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--log-level", "warning"]
