using AnomalyKit.Numerics;

namespace AnomalyKit.Samples.CustomDetector;

/// <summary>Fits nearest-neighbour distances to a small random sample of the rows.</summary>
/// <remarks>
/// M. Sugiyama, K. M. Borgwardt, <i>Rapid Distance-Based Outlier Detection via Sampling</i>, NIPS 2013, with the distance to the k-th nearest row of the sample (S.
/// Ramaswamy, R. Rastogi, K. Shim, <i>Efficient Algorithms for Mining Outliers from Large Data Sets</i>, SIGMOD 2000) in place of the nearest, so that an
/// anomaly in the sample does not vouch for itself. Distances depend on the units of the columns: give a <see cref="DetectorTrainer{T}.Scaling"/>.
/// </remarks>
public sealed record SampledNeighboursTrainer : DetectorTrainer<SampledNeighboursDetector>
{
    /// <summary>How many rows are drawn, without replacement; all of them where there are fewer.</summary>
    /// <value>From 1 to 1,000,000; the default is 128. The cost of a score is proportional to it.</value>
    public int SampleSize { get; init => field = InRange(value, 1, 1_000_000, nameof(SampleSize)); } = 128;

    /// <summary>Which of the nearest rows of the sample counts, k; the farthest where the sample has fewer.</summary>
    /// <value>From 1 to <see cref="SampledNeighboursDetector.MaxNeighbours"/>; the default is 5.</value>
    public int Neighbours { get; init => field = InRange(value, 1, SampledNeighboursDetector.MaxNeighbours, nameof(Neighbours)); } = 5;

    /// <summary>The seed of the sample.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    protected override ModelFit FitDetector(TrainingSet training, FitContext context)
    {
        context.Report("drawing the sample", 0);
        var random = new CounterRandom(Seed);
        var chosen = new int[Math.Min(SampleSize, training.Raw.RowCount)];
        random.SampleWithoutReplacement(training.Raw.RowCount, chosen);
        // The same rows in another order are the same model: let the file be the same too.
        Array.Sort(chosen);
        int columns = training.Transform.OutputColumns;
        var sample = new float[chosen.Length * columns];
        for (int i = 0; i < chosen.Length; i++)
        {
            // The scaling was fitted on all rows, but only the sample needs to be scaled.
            training.Transform.Apply(training.Raw.Cells(chosen[i]), sample.AsSpan(i * columns, columns));
            context.CancellationToken.ThrowIfCancellationRequested();
        }

        return new ModelFit(new SampledNeighboursModel(training.Transform, sample, Math.Min(Neighbours, chosen.Length)));
    }
}
