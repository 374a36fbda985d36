namespace AnomalyKit.Quality;

/// <summary>How often explanations name the columns that were moved.</summary>
/// <param name="Within">Rows with a cell further than so many robust deviations from the median are left out.</param>
/// <param name="Rows">Rows that are explained by the detector's own method, for each number of columns.</param>
/// <param name="SampledRows">Rows that are explained by sampling.</param>
/// <param name="Seeds">How many splits and fits a set, with seeds 1 to this.</param>
/// <param name="Scaling">The scaling of the detector as text; null for the one it is set up with.</param>
internal sealed record PlantedRun(double Within, int Rows, int SampledRows, int Seeds, string? Scaling = null)
{
    /// <summary>The numbers of columns that are moved.</summary>
    public static readonly IReadOnlyList<int> Columns = [1, 2, 3];

    /// <summary>What is counted: reasons of the explanation, the greatest contributions by the detector's own method, the greatest ones by sampling, and the columns that lie furthest out by themselves.</summary>
    public static readonly IReadOnlyList<string> Figures = ["reasons", "contributions", "sampled", "deviations"];

    /// <summary>Training rows that sampling puts the row's columns into.</summary>
    private const int BackgroundRows = 50;

    /// <summary>Measures one detector on one set.</summary>
    /// <returns>
    /// One share per number of columns: of <see cref="Figures"/> in their order; NaN where nothing was measured.
    /// </returns>
    /// <exception cref="QualityException">No seed draws enough anomalies for a split.</exception>
    public double[] Measure(FeatureMatrix data, QualityDetectors.Setup setup, CancellationToken cancellationToken)
    {
        var sums = new double[Figures.Count * Columns.Count];
        int seeds = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            if (QualitySplit.Draw(data.Labels.Span, seed) is not { } split)
                continue;
            seeds++;
            var train = data.SelectRows(split.Train);
            var trainer = Scaling is null ? setup(seed) : TrainerOptions.With(setup(seed), "Scaling", Scaling);
            var detector = trainer.Fit(train, cancellationToken: cancellationToken);
            var own = detector.OwnAttributor(new AttributionOptions());
            var background = train.Slice(train.RowCount - Math.Min(BackgroundRows, train.RowCount), Math.Min(BackgroundRows, train.RowCount));
            var sampled = SampledRows > 0 ? SamplingAttributor.Of(detector, new AttributionOptions { Background = background }) : null;
            var spreads = ColumnSpread.Of(train);
            for (int i = 0; i < Columns.Count; i++)
            {
                var planted = PlantedRows.Draw(data.SelectRows(split.Test), spreads, Columns[i], Within, Rows, seed);
                double[] shares =
                [
                    planted is null ? double.NaN : planted.Named(detector, cancellationToken),
                    planted is null || own is null ? double.NaN : planted.Found(own, Rows, cancellationToken),
                    planted is null || sampled is null ? double.NaN : planted.Found(sampled, SampledRows, cancellationToken),
                    planted?.Furthest(spreads) ?? double.NaN,
                ];
                for (int figure = 0; figure < shares.Length; figure++)
                    sums[(figure * Columns.Count) + i] += shares[figure];
            }
        }

        return seeds > 0
            ? [.. sums.Select(sum => sum / seeds)]
            : throw new QualityException($"Fewer than {QualitySplit.MinimumAnomalies} anomalies are drawn with every seed.");
    }
}
