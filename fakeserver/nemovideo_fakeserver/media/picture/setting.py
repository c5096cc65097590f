"""Where on the canvas the words of a caption stand, and how large: all that is known before there is ink."""

from __future__ import annotations

import math
from dataclasses import dataclass

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.face import face
from nemovideo_fakeserver.media.picture.typesetting import LEADING, Block
from nemovideo_fakeserver.media.timeline.captions import Caption

MARGIN = 0.05
"""What stays free at each side of the canvas, as a share of it."""

POINTS = 720
"""Points along the short side of the canvas."""

BESIDE = 0.3
"""Ems to the left and to the right of a line, for its outline and letters that lean."""

_COLUMNS = {"left": 0.0, "center": 0.5, "right": 1.0}
_ROWS = {"top": 0.0, "center": 0.5, "bottom": 1.0}


@dataclass(frozen=True, slots=True)
class Setting:
    """A block of lines with its corner at `left` and `top`, in a column of `width` pixels.

    `align` says where in the column a line stands: 0 on the left, 1 on the right.
    """

    block: Block
    left: int
    top: int
    width: int
    align: float

    @classmethod
    def of(cls, caption: Caption, canvas: Canvas) -> Setting:
        """Set the words at their place; lines are broken and letters made smaller to stay within the margins."""
        width, height = (round(side * (1 - 2 * MARGIN)) for side in (canvas.width, canvas.height))
        size = caption.size * min(canvas.width, canvas.height) / POINTS
        block = Block.fitted(caption.text, size, width, height)
        row, _, column = caption.place.rpartition("-")
        free = height - block.height
        top = round((canvas.height - height) / 2 + _ROWS[row or "center"] * free)
        return cls(block, (canvas.width - width) // 2, top, width, _COLUMNS[column])

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what the words take, with the leading; no width without any."""
        widest = max(map(face(self.block.size).width, self.block.lines))
        left = self.left + self.align * (self.width - widest)
        beside = BESIDE * self.block.size if widest else 0.0
        half = LEADING * self.block.size / 2
        return (
            math.floor(left - beside),
            math.floor(self.top - half),
            math.ceil(left + widest + beside) if widest else math.floor(left),
            math.ceil(self.top + self.block.height + half),
        )
