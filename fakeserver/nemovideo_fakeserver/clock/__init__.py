"""Time as an object: one `Clock` per world, and nobody else looks at a watch."""

from nemovideo_fakeserver.clock.affine import FASTEST, LATEST, SLOWEST
from nemovideo_fakeserver.clock.clock import EPOCH, Clock

__all__ = ["EPOCH", "FASTEST", "LATEST", "SLOWEST", "Clock"]
