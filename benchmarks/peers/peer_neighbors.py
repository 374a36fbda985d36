"""scikit-learn's side of the nearest neighbours: its NearestNeighbors finds them, the score is their mean distance."""


class MeanDistance:
    def __init__(self, neighbors, threads):
        self.neighbors, self.threads = neighbors, threads

    def fit(self, rows):
        from sklearn.neighbors import NearestNeighbors

        # The neighbours of the training rows are part of the fit, as they are on our side.
        self.search = NearestNeighbors(n_neighbors=self.neighbors, n_jobs=self.threads).fit(rows)
        self.offsets = self.search.kneighbors()[0].mean(1)
        return self

    def score_samples(self, rows):
        return -self.search.kneighbors(rows)[0].mean(1)
