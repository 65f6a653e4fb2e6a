# 条问 for an intranet.  The network is needed to build it and by nothing after that: docs/running.md.
#
#   docker build -t tiaowen .                                       EXTRAS=ocr, OFFICE=1: see below
#   docker run --rm -it -v tiaowen:/srv/tiaowen tiaowen --add-user NAME --role editor
#   docker run -d -p 7860:7860 -v tiaowen:/srv/tiaowen tiaowen

FROM python:3.11-slim AS wheels
# --build-arg EXTRAS=ocr: scanned PDF files (others of pyproject.toml as ocr,st)
ARG EXTRAS=
COPY . /project
RUN pip wheel --no-cache-dir --wheel-dir /wheels "/project${EXTRAS:+[$EXTRAS]}"

FROM python:3.11-slim
ARG EXTRAS=
# --build-arg OFFICE=1: LibreOffice and antiword, for doc, wps, rtf, xls and et files (some 500 MB)
ARG OFFICE=
RUN if [ -n "$OFFICE" ]; then apt-get update && apt-get install -y --no-install-recommends \
    libreoffice-writer-nogui libreoffice-calc-nogui antiword && rm -rf /var/lib/apt/lists/*; fi
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels "tiaowen${EXTRAS:+[$EXTRAS]}"

# A named volume begins with what the image has in the folder, so that the five documents are there at first.
RUN useradd --system --uid 10001 --home-dir /srv/tiaowen --shell /usr/sbin/nologin tiaowen
COPY --chown=tiaowen:tiaowen documents /srv/tiaowen/documents
RUN install -d -o tiaowen -g tiaowen -m 750 /srv/tiaowen /srv/tiaowen/store
USER tiaowen
WORKDIR /srv/tiaowen
VOLUME ["/srv/tiaowen"]

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
EXPOSE 7860
# The first start builds the index before it listens.
HEALTHCHECK --interval=30s --timeout=5s --start-period=5m \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
# Nobody comes in without a user of users.json: without one it says so and ends.
ENTRYPOINT ["python", "-P", "-m", "app", "--host", "0.0.0.0", "--auth-file", "users.json"]
