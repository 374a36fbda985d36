using AnomalyKit.Numerics;
namespace AnomalyKit.LocalOutlierFactor;

/// <summary>What fitting against reference rows has in common: drawing them, and scoring the training rows that are not among them.</summary>
/// <typeparam name="TFit">What is fitted to a reference set.</typeparam>
internal sealed class NeighborFit<TFit>
{
    private const int MaxBlockRows = 512;
    private const int PointsPerBlock = 8192;

    /// <summary>Each reference set.</summary>
    public required ReferenceSet[] Sets { get; init; }

    /// <summary>What was fitted to each.</summary>
    public required TFit[] Fits { get; init; }

    /// <summary>The training rows' own scores, or nothing.</summary>
    public required float[] TrainingScores { get; init; }

    /// <summary>Fits reference sets.</summary>
    /// <param name="rows">The transformed training rows.</param>
    /// <param name="options">How.</param>
    /// <param name="scoresAll">Whether rows outside a subset are scored too.</param>
    /// <param name="fit">Fits a set from its points' neighbors.</param>
    /// <param name="own">A point's own score.</param>
    /// <param name="add">Adds the scores of new rows.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    public static NeighborFit<TFit> Run(
        FeatureMatrix rows,
        NeighborOptions options,
        bool scoresAll,
        Func<ReferenceSet, PointNeighbors, FitContext, TFit> fit,
        Func<TFit, PointNeighbors, int, double> own,
        ScoreAdder<TFit> add,
        FitContext context)
    {
        var subsets = ReferenceSubsets.Draw(rows.RowCount, options.SampleSize, options.SubsetCount, options.Seed);
        var sets = new ReferenceSet[subsets.Length];
        var fits = new TFit[subsets.Length];
        bool scores = scoresAll || subsets[0] is null;
        var sums = scores ? new double[rows.RowCount] : [];
        for (int i = 0; i < subsets.Length; i++)
        {
            var part = context.Part((double)i / subsets.Length, (i + 1.0) / subsets.Length);
            (sets[i], int[] pointOf) = ReferenceSet.Build(rows, subsets[i], options, part.Part(0, 0.1));
            var neighbors = sets[i].NearestOfPoints(options.Neighbors, part.Part(0.1, subsets[i] is null ? 0.95 : 0.5));
            fits[i] = fit(sets[i], neighbors, part.Part(subsets[i] is null ? 0.95 : 0.5, subsets[i] is null ? 0.98 : 0.55));
            if (!scores)
                continue;
            var ownScores = new double[sets[i].PointCount];
            var fitted = fits[i];
            part.Part(subsets[i] is null ? 0.98 : 0.55, subsets[i] is null ? 1 : 0.6).ForBlocks(
                "scoring the training rows",
                Blocks.Count(ownScores.Length, PointsPerBlock),
                block =>
                {
                    int end = Math.Min(ownScores.Length, (block + 1) * PointsPerBlock);
                    for (int point = block * PointsPerBlock; point < end; point++)
                        ownScores[point] = own(fitted, neighbors, point);
                });
            if (subsets[i] is { } members)
                AddOthers(rows, members, sets[i], fits[i], add, sums, NeighborScoring.BlockRows([sets[i]], options.Neighbors, MaxBlockRows), part.Part(0.6, 1));
            for (int member = 0; member < pointOf.Length; member++)
                sums[subsets[i] is { } drawn ? drawn[member] : member] += ownScores[pointOf[member]];
        }

        var trainingScores = new float[sums.Length];
        NeighborScoring.Average(sums, sets.Length, trainingScores);
        return new NeighborFit<TFit> { Sets = sets, Fits = fits, TrainingScores = trainingScores };
    }

    /// <summary>Scores the rows that are not members as new rows.</summary>
    private static void AddOthers(
        FeatureMatrix rows, int[] members, ReferenceSet set, TFit fit, ScoreAdder<TFit> add, double[] sums, int blockRows, FitContext context)
    {
        var isMember = new bool[rows.RowCount];
        foreach (int member in members)
            isMember[member] = true;
        context.ForBlocks("scoring the training rows", Blocks.Count(rows.RowCount, blockRows), block =>
        {
            int end = Math.Min(rows.RowCount, (block + 1) * blockRows);
            for (int start = block * blockRows; start < end;)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                var cells = rows.ContiguousCells(start, end - start);
                int count = cells.Length / rows.ColumnCount;
                var part = new double[count];
                add(set, fit, cells, part);
                for (int i = 0; i < count; i++)
                    sums[start + i] += isMember[start + i] ? 0 : part[i];
                start += count;
            }
        });
    }
}

/// <summary>Adds the scores of new rows against a fitted reference set.</summary>
internal delegate void ScoreAdder<TFit>(ReferenceSet set, TFit fit, ReadOnlySpan<float> rows, Span<double> sums);
