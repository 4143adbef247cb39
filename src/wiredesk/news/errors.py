"""The core's errors: one base, messages fit to show an editor."""


class NewsError(Exception):
    """Something we were sent cannot be used, and why; the message is shown to editors as it is."""


class NotAFeed(NewsError):
    """The bytes are readable but hold no feed. `offers` are feed addresses the page names, if it is a page."""

    def __init__(self, reason: str, offers: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.offers = offers
