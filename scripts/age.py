"""Turn a PDF into a scan of a print-out: skewed, blurred, noisy, low in contrast, as JPEG images in a PDF."""

from __future__ import annotations

import io
import time
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image

DPI = 150
EPOCH = time.gmtime(0)
LEVELS = {"light": (0.4, 0.5, 4.0, 80), "medium": (0.9, 0.8, 8.0, 60), "heavy": (1.4, 1.0, 14.0, 40)}
"""Skew in degrees, blur in pixels, noise in grey steps, JPEG quality."""


def age(source: Path, target: Path, level: str) -> None:
    """Write `source` as a scan; the same input gives the same pictures."""
    skew, blur, noise, quality = LEVELS[level]
    random = np.random.default_rng(7)
    pages = []
    for page in pypdfium2.PdfDocument(source):
        grey = np.asarray(page.render(scale=DPI / 72).to_pil().convert("L")).astype(np.float32)
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(random.uniform(-skew, skew)), 1)
        grey = cv2.warpAffine(grey, turn, (width, height), borderValue=250.0, flags=cv2.INTER_CUBIC)
        grey = cv2.GaussianBlur(255 - (255 - grey) * 0.92, (0, 0), blur) + random.normal(0, noise, grey.shape)
        packed = cv2.imencode(".jpg", np.clip(grey, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        pages.append(Image.open(io.BytesIO(packed.tobytes())))
    pages[0].save(
        target, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, creationDate=EPOCH, modDate=EPOCH
    )
