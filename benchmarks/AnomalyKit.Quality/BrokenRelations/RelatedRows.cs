namespace AnomalyKit.Quality;

/// <summary>Rows whose columns follow one cause, each with noise of its own. In every hundredth row one column is shifted: its value stays usual by itself, and no longer fits the others.</summary>
internal sealed class RelatedRows
{
    private const int Rows = 10_000;
    private const int Columns = 24;
    private const int ShiftedEvery = 100;
    private const double Noise = 0.3;

    private readonly FeatureMatrix _data;

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
            if (row % ShiftedEvery == 0)
                cells[(row * Columns) + random.Next(Columns)] += (float)(shift * Noise * (random.Next(2) == 0 ? 1 : -1));
        }

        _data = FeatureMatrix.Wrap(cells, Columns);
    }

    /// <summary>How many of the shifted rows are among as many highest scores.</summary>
    public int FoundBy(IDetectorTrainer trainer, CancellationToken cancellationToken)
    {
        var scores = trainer.FitAndScore(_data, cancellationToken: cancellationToken).TrainingScores.Span.ToArray();
        return Enumerable.Range(0, Rows).OrderByDescending(row => scores[row]).Take(Rows / ShiftedEvery).Count(row => row % ShiftedEvery == 0);
    }

    // Box and Muller (1958).
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
