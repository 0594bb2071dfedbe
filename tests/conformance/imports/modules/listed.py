# Module with __all__.
__all__ = ["exported", "_listed"]
exported = "exported"
_listed = "listed"
hidden = "hidden"
