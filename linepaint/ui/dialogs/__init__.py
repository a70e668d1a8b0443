"""The windows that ask one thing at a time. They are shown without blocking and answer with signals."""
