"""What a document remembers of how it was looked at, so that it opens again the same way."""

from __future__ import annotations

from dataclasses import replace

from linepaint.document.document import ViewState
from linepaint.ui.canvas.view_transform import MAX_ZOOM, MIN_ZOOM, ViewTransform


def remembered(view: ViewTransform, *, follows_fit: bool) -> ViewState | None:
    """What to keep of a view; nothing of one that is just fitted, so that it fits the next window too."""
    if follows_fit and view.rotation_degrees == 0 and not view.mirrored:
        return None
    return ViewState(view.zoom, view.center_x, view.center_y, view.rotation_degrees, view.mirrored)


def recalled(state: ViewState, page: ViewTransform) -> ViewTransform:
    """The view of `page` that was kept; a file may hold anything, so values are brought into range."""
    return replace(
        page,
        zoom=min(max(state.zoom, MIN_ZOOM), MAX_ZOOM),
        center_x=min(max(state.center_x, 0.0), float(page.page_width)),
        center_y=min(max(state.center_y, 0.0), float(page.page_height)),
        rotation_degrees=state.rotation_degrees % 360.0,
        mirrored=state.mirrored,
    )
