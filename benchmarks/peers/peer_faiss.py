"""FAISS's exact search (a flat index, squared distances by matrix products), and what is made of its neighbours by NumPy: mean distances, or the local outlier factor."""


class FlatSearch:
    def __init__(self, neighbors, threads):
        self.neighbors, self.threads = neighbors, threads

    def search(self, rows, skip_self):
        import faiss
        import numpy

        faiss.omp_set_num_threads(self.threads)
        squares, found = self.index.search(rows, self.neighbors + skip_self)
        # A row is its own neighbour, or a copy of it is: the first goes.
        return numpy.sqrt(numpy.maximum(squares[:, skip_self:], 0)), found[:, skip_self:]

    def fit(self, rows):
        import faiss

        self.index = faiss.IndexFlatL2(rows.shape[1])
        self.index.add(rows)
        self.finish(*self.search(rows, 1))
        return self


class MeanDistance(FlatSearch):
    def finish(self, distances, _):
        self.training_scores = distances.mean(1)

    def score_samples(self, rows):
        return -self.search(rows, 0)[0].mean(1)


class LocalOutlierFactor(FlatSearch):
    def finish(self, distances, found):
        self.reach = distances[:, -1]
        self.density = self.densities(distances, found)
        self.training_scores = self.density[found].mean(1) / self.density

    def densities(self, distances, found):
        import numpy

        # As scikit-learn guards against copies.
        return 1 / (numpy.maximum(distances, self.reach[found]).mean(1) + 1e-10)

    def score_samples(self, rows):
        distances, found = self.search(rows, 0)
        return -self.density[found].mean(1) / self.densities(distances, found)
