# A slim image with the OCR engine, run as a user without rights:
#   docker build -t newsletter-extract .
#   docker run --rm -v "$PWD":/data:ro newsletter-extract /data/newsletter.pdf > facts.json
FROM python:3.12-slim AS build
WORKDIR /src
COPY . .
RUN pip install --no-cache-dir --prefix /install -c constraints-extras.txt .

FROM python:3.12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends tesseract-ocr \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --no-create-home reader
COPY --from=build /install /usr/local
USER reader
WORKDIR /data
ENTRYPOINT ["extract"]
CMD ["--help"]
