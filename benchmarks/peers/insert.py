"""Puts a measured part into a page of the docs. usage: insert.py PAGE.md NAME FILE.md

What stands in the page between the lines <!-- NAME --> and <!-- /NAME --> is replaced.
"""
import sys


def insert(page, name, text):
    """The page with the part of that name replaced."""
    begin, end = "<!-- %s -->" % name, "<!-- /%s -->" % name
    start, stop = page.find(begin), page.find(end)
    if start < 0 or stop < start:
        raise ValueError("it lacks the lines %s and %s" % (begin, end))
    return page[:start + len(begin)] + "\n\n" + text.strip() + "\n\n" + page[stop:]


def main(given):
    if len(given) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    path, name, source = given
    with open(path) as file:
        page = file.read()
    with open(source) as file:
        text = file.read()
    try:
        page = insert(page, name, text)
    except ValueError as error:
        print("error: %s: %s" % (path, error), file=sys.stderr)
        return 1
    with open(path, "w") as file:
        file.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
