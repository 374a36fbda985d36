"""PyTorch's side of the autoencoder."""


class TorchAutoencoder:
    """The reference's network in PyTorch: 20 epochs of Adam on batches of 256; the score is the mean squared error."""

    def __init__(self, seed, threads):
        self.seed, self.threads = seed, threads

    def fit(self, rows):
        import torch

        torch.set_num_threads(self.threads)
        torch.manual_seed(self.seed)
        linear, relu = torch.nn.Linear, torch.nn.ReLU
        columns = rows.shape[1]
        self.net = torch.nn.Sequential(linear(columns, 16), relu(), linear(16, 8), relu(), linear(8, 16), relu(), linear(16, columns))
        rows = torch.tensor(rows)
        optimizer = torch.optim.Adam(self.net.parameters(), 1e-3)
        for _ in range(20):
            order = torch.randperm(len(rows))
            for start in range(0, len(rows), 256):
                batch = rows[order[start:start + 256]]
                optimizer.zero_grad()
                torch.nn.functional.mse_loss(self.net(batch), batch).backward()
                optimizer.step()
        return self

    def score_samples(self, rows):
        import torch

        with torch.no_grad():
            rows = torch.tensor(rows)
            return -((self.net(rows) - rows) ** 2).mean(1).numpy()
