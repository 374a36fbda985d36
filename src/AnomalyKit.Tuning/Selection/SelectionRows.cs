using AnomalyKit.Numerics;
using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>The rows that criteria look at: some to fit on, others to score.</summary>
internal sealed class SelectionRows
{
    private const int MinRows = 50;

    private SelectionRows(FeatureMatrix training, FeatureMatrix heldOut, ulong seed, int threads, CancellationToken token)
    {
        (Training, HeldOut, Seed, Threads, Token) = (training, heldOut, seed, threads, token);
    }

    /// <summary>Half of the rows.</summary>
    public FeatureMatrix Training { get; }

    /// <summary>The other half.</summary>
    public FeatureMatrix HeldOut { get; }

    public ulong Seed { get; }

    public int Threads { get; }

    public CancellationToken Token { get; }

    /// <summary>Draws rows and divides them.</summary>
    public static SelectionRows Draw(FeatureMatrix data, UnlabeledSelection selection, int threads, CancellationToken token)
    {
        if (data.RowCount < MinRows)
            throw new ArgumentException($"The data has {data.RowCount} rows; a comparison without labels needs at least {MinRows}.", nameof(data));
        if (data.Schema.HasCategories)
            throw new ArgumentException("Some columns are categories, and no synthetic values can be made for them. Prepare the table so that categories become numbers.", nameof(data));
        int[] drawn = Shuffle.Of<int>([.. Enumerable.Range(0, data.RowCount)], selection.Seed, 0);
        Array.Resize(ref drawn, Math.Min(drawn.Length, selection.SampleSize));
        CheckFinite(data, drawn);
        int half = drawn.Length / 2;
        return new SelectionRows(data.SelectRows(drawn.AsSpan(..half)), data.SelectRows(drawn.AsSpan(half..)), selection.Seed, threads, token);
    }

    /// <summary>Measures every candidate; one that fails has its reason instead of a value.</summary>
    public CriterionValue[] ForEach(IReadOnlyList<IDetectorTrainer> candidates, Func<IDetectorTrainer, double> measure) => ForEach(candidates, (trainer, _) => measure(trainer));

    /// <summary>Measures every candidate, by its number as well: one trainer may be there under two names.</summary>
    public CriterionValue[] ForEach(IReadOnlyList<IDetectorTrainer> candidates, Func<IDetectorTrainer, int, double> measure)
    {
        var values = new CriterionValue[candidates.Count];
        ParallelBlocks.For(
            values.Length,
            Threads,
            i =>
            {
                try
                {
                    values[i] = new CriterionValue(measure(candidates[i], i));
                }
                catch (Exception problem) when (SettingProblem.Is(problem))
                {
                    values[i] = new CriterionValue(double.NaN, problem.Message);
                }
            },
            Token);
        Token.ThrowIfCancellationRequested();
        return values;
    }

    /// <summary>Fits a candidate on rows and scores others, on one thread.</summary>
    public float[] FitAndScore(IDetectorTrainer trainer, FeatureMatrix training, FeatureMatrix scored)
    {
        var detector = trainer.Fit(training, new FitOptions { MaxDegreeOfParallelism = 1, KeepProfile = false }, Token);
        float[] scores = detector.Score(scored, new ScoreOptions { MaxDegreeOfParallelism = 1 }, Token);
        return Array.TrueForAll(scores, score => !float.IsNaN(score)) ? scores : throw new ArgumentException("The detector returned NaN scores.");
    }

    private static void CheckFinite(FeatureMatrix data, int[] rows)
    {
        foreach (int row in rows)
        {
            var cells = data.Cells(row);
            for (int column = 0; column < cells.Length; column++)
            {
                if (!float.IsFinite(cells[column]))
                    throw new ArgumentException($"Row {row}, column '{data.Schema.ColumnNames[column]}' is {cells[column]}. Fill missing cells first, for example with a TablePreparation.", nameof(data));
            }
        }
    }
}
