"""The panels beside the canvas. Each shows the editor's state and sends it commands; none holds a truth."""
