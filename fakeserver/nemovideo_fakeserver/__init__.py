"""The fake NemoVideo server.

`Fake` is the whole service in one object; `Options` says how it begins, `Variants` which readings of
the documents it follows, `preset` those of a vendor version, `Clock` what time it is, `Journal` what has
happened. Each is imported when first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemovideo_fakeserver.clock import EPOCH, Clock
    from nemovideo_fakeserver.core.journal import Journal
    from nemovideo_fakeserver.core.presets import preset
    from nemovideo_fakeserver.core.variants import Variants
    from nemovideo_fakeserver.fake import Fake
    from nemovideo_fakeserver.options import Options

_HOME = {
    "EPOCH": "nemovideo_fakeserver.clock",
    "Clock": "nemovideo_fakeserver.clock",
    "Fake": "nemovideo_fakeserver.fake",
    "Journal": "nemovideo_fakeserver.core.journal",
    "Options": "nemovideo_fakeserver.options",
    "Variants": "nemovideo_fakeserver.core.variants",
    "preset": "nemovideo_fakeserver.core.presets",
}

__all__ = ["EPOCH", "Clock", "Fake", "Journal", "Options", "Variants", "preset"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    try:
        return getattr(import_module(_HOME[name]), name)
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith(__name__):
            raise
        raise ModuleNotFoundError(
            f"{name} needs {missing.name}: pip install 'nemovideo-harness[fakeserver]'",
            name=missing.name,
        ) from None
