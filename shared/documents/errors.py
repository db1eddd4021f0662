"""What can go wrong when a document is made."""


class DocumentError(Exception):
    """A template could not be turned into a PDF.

    The message names the template and the place in it, and never the data: these are people's names and addresses.
    """

    def __init__(self, template: str, places: tuple[str, ...] = ()) -> None:
        super().__init__(f"{template} does not compile: {', '.join(places) or 'no place given'}")
        self.template = template
        self.places = places
