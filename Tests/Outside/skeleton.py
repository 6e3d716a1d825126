"""What a page is made of, without what it says: the elements in their order, each with the names of its attributes."""

import html.parser


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, tuple(sorted(name for name, _ in attributes))))

    def handle_comment(self, data):
        self.found.append(("comment", ()))

    def handle_decl(self, declaration):
        self.found.append(("declaration", ()))


def skeleton(page):
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found
