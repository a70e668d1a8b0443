"""For worker processes, which import it by name: work that one picture is the death of."""

import os
import signal
from pathlib import Path

from linepaint.trainer.prepare.art import ArtFile
from linepaint.trainer.prepare.options import PrepareOptions
from linepaint.trainer.prepare.picture import prepare_picture
from linepaint.trainer.prepare.record import Record


def deadly_work(art: ArtFile, options: PrepareOptions, out: Path) -> Record:
    """Prepare a picture; die at the second of mine."""
    if art.picture.endswith("picture2.png"):
        os.kill(os.getpid(), signal.SIGKILL)
    return prepare_picture(art, options, out, None)
