using AnomalyKit.Numerics;

namespace AnomalyKit.Server.Startup;

/// <summary>A small model of made-up rows, so that a server without models answers, too.</summary>
internal static class ExampleModel
{
    public const string Name = "example";

    /// <summary>How many columns its rows have.</summary>
    public const int Columns = 30;

    private const int Rows = 5_000;

    /// <summary>An isolation forest over 30 columns, <c>x1</c> to <c>x30</c>, of normally distributed numbers; its scores have p-values.</summary>
    /// <returns>The same detector each time.</returns>
    public static TableDetector Fit()
    {
        var random = new CounterRandom(1);
        float[] cells = new float[Rows * Columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextGaussian();
        var schema = new FeatureSchema(Enumerable.Range(1, Columns).Select(column => $"x{column}"));
        var trainer = new IsolationForestTrainer { Seed = 1, Calibration = ScoreCalibration.Conformal() };
        return TableDetector.Of(trainer.Fit(FeatureMatrix.Wrap(cells, schema)));
    }
}
