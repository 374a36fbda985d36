namespace AnomalyKit.Quality;

/// <summary>Rows whose columns follow one cause, each with noise of its own. In every hundredth row one column is shifted: its value stays usual by itself, and no longer fits the others.</summary>
internal sealed class RelatedRows
{
    private const int Rows = 10_000;
    private const int Columns = 24;
    private const int ShiftedEvery = 100;
    private const double Noise = 0.3;

    private readonly FeatureMatrix _data;
    private readonly int[] _shifted = new int[Rows / ShiftedEvery];

    /// <param name="seed">The seed.</param>
    /// <param name="shift">By how many times the noise a column is shifted, up or down.</param>
    public RelatedRows(int seed, int shift)
    {
        var random = new Random(seed);
        var cells = new float[Rows * Columns];
        for (int row = 0; row < Rows; row++)
        {
            double cause = Normal(random);
            for (int column = 0; column < Columns; column++)
                cells[(row * Columns) + column] = (float)(cause + (Noise * Normal(random)));
            if (row % ShiftedEvery != 0)
                continue;
            int shifted = random.Next(Columns);
            _shifted[row / ShiftedEvery] = shifted;
            cells[(row * Columns) + shifted] += (float)(shift * Noise * (random.Next(2) == 0 ? 1 : -1));
        }

        _data = FeatureMatrix.Wrap(cells, Columns);
    }

    /// <summary>How many of the shifted rows are among as many highest scores, and of how many of all shifted rows the first reason is the column that was shifted.</summary>
    public (int Found, int Named) FoundBy(IDetectorTrainer trainer, CancellationToken cancellationToken)
    {
        var fit = trainer.FitAndScore(_data, cancellationToken: cancellationToken);
        var scores = fit.TrainingScores.Span.ToArray();
        int found = Enumerable.Range(0, Rows).OrderByDescending(row => scores[row]).Take(Rows / ShiftedEvery).Count(row => row % ShiftedEvery == 0);
        var options = new ExplanationOptions { MaxReasons = 1, Counterfactual = null };
        int named = 0;
        for (int i = 0; i < _shifted.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reasons = fit.Detector.Explain(_data, i * ShiftedEvery, options).Reasons;
            named += reasons.Count > 0 && reasons[0].ColumnName == _data.Schema.ColumnNames[_shifted[i]] ? 1 : 0;
        }

        return (found, named);
    }

    // Box and Muller (1958).
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
