"""The Qt application: canvas, tools, panels, actions and the live preview."""
