"""What happens to a printed page before it is read: copied, faxed, photographed, scanned askew.

`WEAR` names the kinds. Each takes an upright page in 8-bit grey at a resolution and a random generator, and gives the
worn picture with its resolution along x and y. The same page and seed give the same picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import cv2
import numpy as np

Picture = tuple[Any, tuple[float, float]]
Random = np.random.Generator


def scan(
    grey: Any, random: Random, skew: float, blur: float, noise: float, quality: int, ink: float, specks: int
) -> Any:
    """A scan of a print: skew in degrees, blur in pixels, noise in grey steps, share of ink, specks on a million."""
    page = 255 - (255 - grey.astype(np.float32)) * ink
    page = turned(page, float(random.uniform(-skew, skew)))
    page = cv2.GaussianBlur(page, (0, 0), blur) if blur else page
    page += random.normal(0, noise, page.shape)
    for _ in range(int(specks * page.size / 1e6)):
        at = int(random.integers(page.shape[1])), int(random.integers(page.shape[0]))
        cv2.circle(page, at, int(random.integers(1, 3)), float(random.choice([0, 40, 255])), -1)
    return packed(page, quality)


def turned(page: Any, degrees: float) -> Any:
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(page, matrix, (width, height), borderValue=250, flags=cv2.INTER_CUBIC)


def packed(page: Any, quality: int) -> Any:
    """The page after JPEG."""
    data = cv2.imencode(".jpg", np.clip(page, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)


def fax(grey: Any, dpi: int, random: Random, lines: int) -> Picture:
    """Group 3 facsimile: 204 points an inch across, 98 or 196 down, black and white."""
    height, width = grey.shape
    size = round(width * 204 / dpi), round(height * lines / dpi)
    page = turned(cv2.GaussianBlur(grey.astype(np.float32), (0, 0), 0.6), float(random.uniform(-0.7, 0.7)))
    page = cv2.resize(page, size, interpolation=cv2.INTER_AREA) + random.normal(0, 18, size[::-1])
    page = np.where(page < 150, 0, 255).astype(np.uint8)
    for row in random.integers(0, size[1], 3):
        page[row] = np.where(random.random(size[0]) < 0.5, 0, page[row])
    return page, (204.0, float(lines))


def phone(grey: Any, dpi: int, random: Random) -> Picture:
    """A photo by hand: perspective, a dark desk round the page, light from one side, a soft focus."""
    height, width = grey.shape
    desk = 0.06
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    margin = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * [width * desk, height * desk]
    moved = corners + margin + random.uniform(-0.035, 0.035, (4, 2)) * [width, height]
    warp = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    page = cv2.warpPerspective(grey, warp, (width, height), flags=cv2.INTER_CUBIC, borderValue=70).astype(np.float32)
    x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    angle = float(random.uniform(0, 2 * np.pi))
    page *= 0.72 + 0.22 * (x * np.cos(angle) + y * np.sin(angle)) - 0.06 * (x * x + y * y)
    page = cv2.GaussianBlur(page, (0, 0), 0.9 * dpi / 200) + random.normal(0, 6, page.shape)
    return packed(page, 70), (float(dpi), float(dpi))


def copier(grey: Any, dpi: int, random: Random) -> Picture:
    """A photocopy of a book: black borders, a shaded gutter, contrast driven up, specks of toner."""
    height, width = grey.shape
    page = turned(grey.astype(np.float32), float(random.uniform(-1, 1)))
    page = np.clip((cv2.GaussianBlur(page, (0, 0), 0.7) - 60) * 1.35, 0, 255)
    shade = np.clip(1 - 0.55 * np.exp(-np.arange(width) / (0.06 * width)), 0, 1)
    page *= shade
    left, top = (int(random.integers(15, 50)) for _ in range(2))
    page[:, :left], page[:top], page[:, width - 12 :] = 20, 25, 15
    for _ in range(int(60 * page.size / 1e6)):
        at = int(random.integers(width)), int(random.integers(height))
        cv2.circle(page, at, int(random.integers(1, 3)), 10.0, -1)
    return packed(page + random.normal(0, 5, page.shape), 75), (float(dpi), float(dpi))


def show_through(grey: Any, dpi: int, random: Random) -> Picture:
    """Thin paper: the other side of the sheet shines through, mirrored."""
    back = cv2.GaussianBlur(np.roll(grey[:, ::-1], 37, axis=0).astype(np.float32), (0, 0), 1.6)
    page = np.minimum(grey.astype(np.float32), 255 - (255 - back) * 0.36) - 8
    return scan(page, random, 0.6, 0.6, 5, 75, 0.95, 20), (float(dpi), float(dpi))


def pale(grey: Any, dpi: int, random: Random) -> Picture:
    """An empty cartridge: print hardly darker than the paper."""
    page = 205 - (255 - grey.astype(np.float32)) * 0.24
    return packed(cv2.GaussianBlur(page, (0, 0), 0.6) + random.normal(0, 3, page.shape), 85), (float(dpi), float(dpi))


def tinted(grey: Any, dpi: int, random: Random) -> Picture:
    """Coloured paper and panels, as grey: the paper darkens in bands and patches."""
    height, width = grey.shape
    paper = np.full(grey.shape, 1.0, np.float32)
    for _ in range(4):
        x, y = int(random.integers(width)), int(random.integers(height))
        paper[y : y + height // 3, x : x + width // 2] *= float(random.uniform(0.55, 0.8))
    page = grey.astype(np.float32) * paper * 0.9
    return scan(page, random, 0.5, 0.5, 4, 70, 1.0, 10), (float(dpi), float(dpi))


def _scan(*parameters: Any) -> Callable[[Any, int, Random], Picture]:
    return lambda grey, dpi, random: (scan(grey, random, *parameters), (float(dpi), float(dpi)))


def _turn(quarter: int) -> Callable[[Any, int, Random], Picture]:
    def turn(grey: Any, dpi: int, random: Random) -> Picture:
        page = scan(grey, random, 0.8, 0.6, 5, 75, 0.95, 20)
        return np.ascontiguousarray(np.rot90(page, -quarter)), (float(dpi), float(dpi))

    return turn


WEAR: dict[str, Callable[[Any, int, Random], Picture]] = {
    "clean": lambda grey, dpi, random: (grey, (float(dpi), float(dpi))),
    "light": _scan(0.4, 0.5, 4, 85, 0.97, 20),
    "medium": _scan(0.9, 0.8, 9, 60, 0.88, 80),
    "heavy": _scan(1.6, 1.2, 15, 38, 0.75, 250),
    "soft": _scan(0.6, 1.6, 4, 30, 0.9, 0),
    "fax_fine": lambda grey, dpi, random: fax(grey, dpi, random, 196),
    "fax": lambda grey, dpi, random: fax(grey, dpi, random, 98),
    "phone": phone,
    "copier": copier,
    "show_through": show_through,
    "pale": pale,
    "tinted": tinted,
    "turned_90": _turn(1),
    "turned_180": _turn(2),
    "turned_270": _turn(3),
}


def worn(pages: Sequence[Any], kind: str, dpi: int, seed: int = 1) -> list[Picture]:
    """The pages worn in the way of `kind`."""
    random = np.random.default_rng(seed)
    return [WEAR[kind](page, dpi, random) for page in pages]
