using AnomalyKit.Numerics;

namespace AnomalyKit.Tuning;

/// <summary>Fits trainers on the training rows of folds and scores what was held out.</summary>
/// <param name="rows">All rows.</param>
/// <param name="folds">The folds: rows to fit on, rows to score.</param>
/// <param name="seed">Draws the rows of a fraction.</param>
/// <param name="gate">The memory that fits share.</param>
internal sealed class FoldFitting(SearchRows rows, IReadOnlyList<(int[] Training, int[] HeldOut)> folds, ulong seed, MemoryGate gate)
{
    // Fewer say too little about a detector to be worth a fit.
    private const int MinFractionRows = 64;

    /// <summary>How many rows a fraction of some rows is.</summary>
    public static int PartOf(int count, double fraction) => Math.Min(count, Math.Max(MinFractionRows, (int)Math.Ceiling(fraction * count)));

    /// <summary>The number of folds.</summary>
    public int Count => folds.Count;

    /// <summary>Fits and scores all folds.</summary>
    /// <param name="setting">The trainer, and the preparation in front of it.</param>
    /// <param name="fraction">
    /// The fraction of the training rows to fit on, and of the normal held-out rows to score; held-out anomalies are always scored. The rows of a fraction are among those of every larger one.
    /// </param>
    /// <param name="threads">The most threads used.</param>
    /// <param name="token">Stops everything.</param>
    public FoldScores[] Score(Setting setting, double fraction, int threads, CancellationToken token)
    {
        var scored = new FoldScores[folds.Count];
        int perFold = Math.Max(1, threads / folds.Count);
        ParallelBlocks.For(
            folds.Count,
            threads,
            fold =>
            {
                int[] training = Part(folds[fold].Training, fraction, (ulong)fold);
                int[] heldOut = Scored(folds[fold].HeldOut, fraction, (ulong)(folds.Count + fold));
                int all = folds[fold].Training.Length;
                var fitted = training.Length == all ? setting : setting with { Trainer = FewerRows.Trainer(setting.Trainer, training.Length, all) };
                long bytes = rows.EstimateMemory(fitted, training.Length);
                float[] scores = gate.Run(bytes, () => rows.FitAndScore(fitted, training, heldOut, perFold, token), token);
                scored[fold] = new FoldScores([.. heldOut.Select(row => rows.Labels.IsAnomaly[row])], scores);
            },
            token);
        token.ThrowIfCancellationRequested();
        return scored;
    }

    /// <summary>All anomalies, and a part of the normal rows.</summary>
    private int[] Scored(int[] heldOut, double fraction, ulong stream)
    {
        int[] normal = [.. heldOut.Where(row => !rows.Labels.IsAnomaly[row])];
        int[] part = Part(normal, fraction, stream);
        return part.Length == normal.Length ? heldOut : [.. heldOut.Where(row => rows.Labels.IsAnomaly[row]).Concat(part).Order()];
    }

    private int[] Part(int[] all, double fraction, ulong stream)
    {
        int count = PartOf(all.Length, fraction);
        return count == all.Length ? all : [.. Shuffle.Of<int>(all, seed, stream).Take(count).Order()];
    }
}
