#!/usr/bin/env python3
"""Fetches sets of ADBench and writes them as the tests read them: features f0, f1 …, then label, 1 for an anomaly.

usage: adbench.py FOLDER NAME…      for example: adbench.py shared/data/adbench 29_Pima 38_thyroid

Writes FOLDER/NAME.csv.gz. Needs nothing but Python and the network. S. Han et al., ADBench: Anomaly Detection Benchmark, NeurIPS 2022; BSD 2-Clause."""
import ast
import gzip
import io
import pathlib
import struct
import sys
import urllib.request
import zipfile

COMMIT = "3dac8221081e190f157d78e93bfa8867f90d0965"
SOURCE = f"https://raw.githubusercontent.com/Minqi824/ADBench/{COMMIT}/adbench/datasets/Classical/"
CODES = {"<f8": "d", "<f4": "f", "<i8": "q", "<i4": "i", "<i2": "h", "|u1": "B", "|i1": "b"}


def array(content):
    """The numbers of a .npy file (NumPy's format 1 to 3) in their order in memory, their shape, and whether columns lie together."""
    wide = content[6] > 1
    start = 12 if wide else 10
    length = struct.unpack("<I" if wide else "<H", content[8:start])[0]
    header = ast.literal_eval(content[start:start + length].decode())
    return memoryview(content[start + length:]).cast(CODES[header["descr"]]), header["shape"], header["fortran_order"]


def convert(npz):
    """The text of a set, given its .npz file."""
    with zipfile.ZipFile(io.BytesIO(npz)) as parts:
        cells, (rows, columns), by_column = array(parts.read("X.npy"))
        labels, _, _ = array(parts.read("y.npy"))
    lines = [",".join([*(f"f{column}" for column in range(columns)), "label"])]
    for row in range(rows):
        values = (cells[column * rows + row if by_column else row * columns + column] for column in range(columns))
        lines.append(",".join([*(repr(float(value)) for value in values), str(int(labels[row]))]))
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:]:
        with urllib.request.urlopen(f"{SOURCE}{name}.npz", timeout=60) as response:
            text = convert(response.read())
        with gzip.open(folder / f"{name}.csv.gz", "wt", encoding="ascii", newline="\n") as file:
            file.write(text)
        print(f"{name}: {text.count(chr(10)) - 1} rows")


if __name__ == "__main__":
    main()
