"""The picture that other sites show beside a link to a page, in the colours and letters of the default theme."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from explainer.images import pillow
from explainer.images.cards import HEIGHT, WIDTH, CardText
from explainer.images.fonts import Font, font_for, is_shaped

MARGIN = 72
LEVELS = 15
"""Steps from paper to ink at the edges of letters."""
_PAPER = (0xFD, 0xFC, 0xF9)
_COLOURS = {"ink": (0x1D, 0x1B, 0x18), "soft": (0x5B, 0x56, 0x4D), "accent": (0x8C, 0x1D, 0x18)}
_TITLE_SIZES = (92, 82, 74, 66, 60, 54, 48)
_MOST_LINES = 4
_BODY = WIDTH - 2 * MARGIN
_MEASURED = 100
"""The size at which words are measured: widths grow with the size."""


class Line(NamedTuple):
    """A line of text in a font that has its characters."""

    text: str
    font: ImageFont.FreeTypeFont
    shaped: bool

    @property
    def width(self) -> float:
        return self.font.getlength(self.text)


class _Sheet:
    """Drawn in a palette: an eighth of the work of drawing in colours, and a fifth of the bytes."""

    def __init__(self, *, from_right: bool) -> None:
        self.whole = Image.new("P", (WIDTH, HEIGHT))
        self.whole.putpalette(_palette())
        self.from_right = from_right

    def rule(self, y: int, thickness: int, colour: str = "ink") -> None:
        self.whole.paste(_last_step(colour), (MARGIN, y, WIDTH - MARGIN, y + thickness))

    def write(self, line: Line, baseline: int, colour: str, *, at_end: bool = False) -> None:
        """Where a line begins in the page's direction, or where it ends."""
        right = self.from_right != at_end
        left, top, *_ = box = line.font.getbbox(line.text, anchor="rs" if right else "ls")
        width, height = (max(1, round(box[n + 2] - box[n]) + 2) for n in (0, 1))
        mask = Image.new("L", (width, height))
        ImageDraw.Draw(mask).text((-left, -top), line.text, font=line.font, fill=255, anchor="rs" if right else "ls")
        corner = (round((WIDTH - MARGIN if right else MARGIN) + left), round(baseline + top))
        self.whole.paste(mask.point(_steps(colour)), corner, mask.point(_drawn()))

    def png(self) -> bytes:
        out = BytesIO()
        self.whole.save(out, "PNG", compress_level=3)
        return out.getvalue()


def draw_card(card: CardText, fonts: Sequence[Font]) -> bytes:
    """The picture as PNG. A part that no font has the letters for is left out."""
    sheet = _Sheet(from_right=card.direction == "rtl")
    titles, texts = of_role("title", fonts), of_role("text", fonts)
    site = _fitting(card.site, titles, (34, 28))
    sheet.rule(MARGIN - 12, 6)
    sheet.rule(MARGIN - 2, 2)
    if site is not None:
        sheet.write(site, MARGIN + 50, "accent")
    _write_title(sheet, card.title, titles)
    _write_foot(sheet, card, texts)
    return sheet.png()


def of_role(role: str, fonts: Iterable[Font]) -> tuple[Font, ...]:
    """The fonts for titles or for other text, and behind them all others."""
    return tuple(
        sorted(fonts, key=lambda f: (not f.name.startswith(f"{role}-"), not f.name.endswith("latin.ttf"), f.name))
    )


def _write_title(sheet: _Sheet, title: str, fonts: Sequence[Font]) -> None:
    """As large as four lines allow, in the middle of what is left between the rules."""
    font = font_for(title, fonts)
    if font is None:
        return
    size, lines = fit_title(title, font)
    leading = round(size * (1.42 if is_shaped(title) else 1.16))
    top, bottom = MARGIN + 62, HEIGHT - MARGIN - 44
    first = (top + bottom) // 2 - (len(lines) - 1) * leading // 2 + round(size * 0.34)
    for number, line in enumerate(lines):
        sheet.write(line, first + number * leading, "ink")


def fit_title(title: str, font: Font) -> tuple[int, list[Line]]:
    """The largest size at which a title has few enough lines, and these lines; a longer one is cut."""
    words = title.split()
    measured = _loaded(font.data, _MEASURED)
    widths = [measured.getlength(word) / _MEASURED for word in words]
    space = measured.getlength(" ") / _MEASURED
    for size in _TITLE_SIZES:
        lines = balanced(widths, space, _BODY / size)
        if len(lines) <= _lines_at(size) and max(widths) * size <= _BODY:
            break
    shown = [_line(" ".join(words[start:end]), font, size) for start, end in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown[-1] = _cut(shown[-1]._replace(text=f"{shown[-1].text} …"))
    return size, [line if line.width <= _BODY else _cut(line) for line in shown]


def _lines_at(size: int) -> int:
    """How many lines there is room for, with some air around them."""
    return next((n for n, largest in ((_MOST_LINES, 60), (3, 82)) if size <= largest), 2)


def balanced(widths: Sequence[float], space: float, room: float) -> list[tuple[int, int]]:
    """Words in as few lines as there can be, of lengths as equal as can be: half-open ranges of their numbers."""
    fewest, lowest, highest = len(_broken(widths, space, room)), room / 3, room
    while highest - lowest > room / 200:
        middle = (lowest + highest) / 2
        if len(_broken(widths, space, middle)) > fewest:
            lowest = middle
        else:
            highest = middle
    return _broken(widths, space, highest)


def _broken(widths: Sequence[float], space: float, room: float) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for number, width in enumerate(widths):
        if number > start and used + space + width > room:
            lines.append((start, number))
            start, used = number, width
        else:
            used += width + (space if number > start else 0)
    return [*lines, (start, len(widths))]


def _write_foot(sheet: _Sheet, card: CardText, fonts: Sequence[Font]) -> None:
    baseline = HEIGHT - MARGIN
    if not (card.date or card.cast):
        return
    sheet.rule(baseline - 48, 1, "soft")
    date = _fitting(card.date, fonts, (26,))
    room = _BODY
    if date is not None:
        sheet.write(date, baseline, "soft")
        room -= round(date.width) + 48
    cast = ""
    for name in card.cast:
        longer = f"{cast} · {name}" if cast else name
        line = _fitting(longer, fonts, (26,))
        if line is None or line.width > room:  # in letters of another script, or too much
            break
        cast = longer
    if cast:
        sheet.write(_line(cast, font_for(cast, fonts) or fonts[0], 26), baseline, "ink", at_end=date is not None)


def _fitting(text: str, fonts: Sequence[Font], sizes: Sequence[int]) -> Line | None:
    """A text on one line, at the first size that lets it; cut where none does."""
    font = font_for(text, fonts) if text else None
    if font is None:
        return None
    for size in sizes:
        line = _line(text, font, size)
        if line.width <= _BODY:
            return line
    return _cut(_line(text, font, sizes[-1]))


def _cut(line: Line) -> Line:
    """As much of a line as there is room for, with an ellipsis."""
    text, width = line.text.removesuffix("…").rstrip(), line.font.getlength
    keep = bisect_left(range(len(text)), x=True, key=lambda n: width(f"{text[: n + 1]}…") > _BODY)
    return line._replace(text=f"{text[:keep].rstrip()}…")


def _line(text: str, font: Font, size: int) -> Line:
    return Line(text, _loaded(font.data, size), is_shaped(text))


@lru_cache(maxsize=64)
def _loaded(data: bytes, size: int) -> ImageFont.FreeTypeFont:
    raqm = "raqm" in pillow.drawing()
    engine = ImageFont.Layout.RAQM if raqm else ImageFont.Layout.BASIC
    return ImageFont.truetype(BytesIO(data), size, layout_engine=engine)


# ---- colours --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _palette() -> bytes:
    """Paper, then the steps of each colour."""
    ramps = (_mixed(ink, step / LEVELS) for ink in _COLOURS.values() for step in range(1, LEVELS + 1))
    return bytes((*_PAPER, *(value for colour in ramps for value in colour)))


def _mixed(ink: tuple[int, int, int], share: float) -> tuple[int, ...]:
    return tuple(round(paper + (full - paper) * share) for paper, full in zip(_PAPER, ink, strict=True))


@lru_cache(maxsize=len(_COLOURS))
def _steps(colour: str) -> list[int]:
    """From a mask's values to a colour's places in the palette."""
    last = _last_step(colour)
    return [last - LEVELS + max(1, round(value / 255 * LEVELS)) for value in range(256)]


def _last_step(colour: str) -> int:
    return LEVELS * (1 + list(_COLOURS).index(colour))


@lru_cache(maxsize=1)
def _drawn() -> list[int]:
    return [255 if round(value / 255 * LEVELS) else 0 for value in range(256)]
