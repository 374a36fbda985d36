"""The rows that both sides read, written once as float32 files, and the labels that scores are held to."""
import glob
import os

from comparisons import HELD_OUT_ROWS

# Chooses the training rows of smaller runs.
SEED = 7


class Rows:
    """What a folder of row files holds: `columns` by file name, `labels` by file name, `counts` of rows."""

    def __init__(self, folder):
        self.folder = folder
        self.columns, self.labels = {}, {}

    def write(self, name, cells, labels):
        cells.astype("<f4").tofile(os.path.join(self.folder, name + ".f32"))
        self.columns[name], self.labels[name] = cells.shape[1], labels

    def sample(self, name, count):
        """The name of `count` rows of a file, drawn at random and kept in their order; the file itself where it has no more, or for None."""
        import numpy

        labels = self.labels[name]
        if count is None or count >= len(labels):
            return name
        part = "%s-%d" % (name, count)
        if part not in self.labels:
            chosen = numpy.sort(numpy.random.RandomState(SEED).permutation(len(labels))[:count])
            cells = numpy.fromfile(os.path.join(self.folder, name + ".f32"), "<f4").reshape(len(labels), -1)
            self.write(part, cells[chosen], labels[chosen])
        return part


def read_credit_card(path, rows):
    """The reference protocol: all rows standardised together, 50,000 of them held out, the others to train on."""
    import numpy
    import pandas
    from sklearn.preprocessing import StandardScaler

    frame = pandas.read_csv(path)
    if "Class" not in frame.columns or len(frame) <= HELD_OUT_ROWS:
        raise ValueError("%s is not the credit-card data: it has %d rows and no more columns than %s" % (
            path, len(frame), ", ".join(map(str, frame.columns[:5]))))
    labels = frame["Class"].astype(str).str.strip("'\" ").astype(float).astype(int).values
    cells = StandardScaler().fit_transform(frame.drop(columns="Class").values).astype("<f4")
    held_out = numpy.random.RandomState(42).permutation(len(frame))[:HELD_OUT_ROWS]
    train = numpy.ones(len(frame), bool)
    train[held_out] = False
    rows.write("creditcard-all", cells, labels)
    rows.write("creditcard-train", cells[train], labels[train])
    rows.write("creditcard-held-out", cells[held_out], labels[held_out])


def find_adbench(folder, name):
    """The file of a set, or nothing."""
    found = sorted(glob.glob(os.path.join(folder or "", name + ".csv*"))) if folder else []
    return found[0] if found else None


def read_adbench(path, name, rows):
    """All rows, each column from 0 to 1; the last column is the label."""
    import pandas

    frame = pandas.read_csv(path)
    cells = frame.iloc[:, :-1].values.astype(float)
    least, most = cells.min(0), cells.max(0)
    cells = (cells - least) / [span if span > 0 else 1 for span in most - least]
    rows.write(name + "-train", cells, frame.iloc[:, -1].values.astype(int))
