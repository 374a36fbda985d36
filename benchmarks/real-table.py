#!/usr/bin/env python3
"""Turns a table of numbers such as the credit-card set (Time, V1..V28, Amount, Class) into one as people have it.

Amount gets a currency sign, marks between thousands and a decimal comma (€1.234,56); Time becomes a timestamp (UTC); V1 is
binned into 12 named categories of equal size; one cell in twenty is empty (not Class). The delimiter is a semicolon.

Numbers of the other columns keep their point, so a reader is told which column is written otherwise (LocalNumberColumns).

    python3 benchmarks/real-table.py creditcard.csv.gz real.csv.gz [--seed 1] [--missing 0.05]

Reads and writes plain text or gzip, by the ending. The same seed gives the same bytes.
"""

import argparse
import csv
import datetime
import gzip
import io
import random
from decimal import Decimal

WORDS = ["amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "heath", "islet", "juniper", "kelp", "larch"]
START = datetime.datetime(2013, 9, 1, tzinfo=datetime.timezone.utc)


def read(path):
    opened = gzip.open(path, "rt", newline="") if path.endswith(".gz") else open(path, newline="")
    with opened as text:
        rows = csv.reader(text)
        header = next(rows)
        return header, list(rows)


def amount(text):
    """1234.5 as €1.234,50; digits beyond the cents stay."""
    value = Decimal(text)
    places = max(2, -value.as_tuple().exponent)
    plain = f"{abs(value):,.{places}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{'-' if value < 0 else ''}€{plain}"


def timestamp(text):
    """Seconds since the first row as a point in time."""
    time = START + datetime.timedelta(seconds=float(text))
    digits = f".{time.microsecond:06d}".rstrip("0") if time.microsecond else ""
    return time.strftime("%Y-%m-%dT%H:%M:%S") + digits + "Z"


def bounds(values, count):
    """The values between bins of equal size."""
    ordered = sorted(values)
    return [ordered[len(ordered) * i // count] for i in range(1, count)]


def name(value, edges):
    return WORDS[sum(value >= edge for edge in edges)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("source")
    arguments.add_argument("target")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--missing", type=float, default=0.05, help="the fraction of cells that are emptied")
    options = arguments.parse_args()

    header, rows = read(options.source)
    missing_names = [column for column in ("Time", "V1", "Amount", "Class") if column not in header]
    if missing_names:
        raise SystemExit(f"{options.source} has no column {', '.join(missing_names)}.")
    at = {column: header.index(column) for column in header}
    edges = bounds((float(row[at["V1"]]) for row in rows), len(WORDS))
    chance = random.Random(options.seed)
    change = {at["Time"]: timestamp, at["Amount"]: amount, at["V1"]: lambda text: name(float(text), edges)}

    def cell(column, text):
        if column != at["Class"] and chance.random() < options.missing:
            return ""
        return change[column](text) if column in change else text

    if options.target.endswith(".gz"):
        # Without name and time in the head, the same rows are the same bytes.
        packed = gzip.GzipFile(filename="", mode="wb", fileobj=open(options.target, "wb"), mtime=0)
        text = io.TextIOWrapper(packed, encoding="utf-8", newline="")
    else:
        text = open(options.target, "w", encoding="utf-8", newline="")
    with text:
        writer = csv.writer(text, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([cell(column, value) for column, value in enumerate(row)])


if __name__ == "__main__":
    main()
