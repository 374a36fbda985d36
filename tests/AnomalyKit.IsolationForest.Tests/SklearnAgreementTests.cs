namespace AnomalyKit.IsolationForest.Tests;

public class SklearnAgreementTests
{
    private const int Seeds = 20;

    [Fact]
    public void Clouds_score_as_in_scikit_learn() => AssertAgreement(RecipeData.Clouds(), SklearnGolden.Clouds, SklearnGolden.CloudsAuc, SklearnGolden.CloudsAucDeviation);

    [Fact]
    public void Shifted_rows_score_as_in_scikit_learn() =>
        AssertAgreement(RecipeData.Shifted(), SklearnGolden.Shifted, SklearnGolden.ShiftedAuc, SklearnGolden.ShiftedAucDeviation);

    [Fact]
    public void Heavy_tails_score_as_in_scikit_learn() =>
        AssertAgreement(RecipeData.Tails(), SklearnGolden.Tails, SklearnGolden.TailsAuc, SklearnGolden.TailsAucDeviation);

    private static void AssertAgreement(FeatureMatrix data, double[] expected, double auc, double deviation)
    {
        var mean = new double[data.RowCount];
        double meanAuc = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            float[] scores = new IsolationForestTrainer { TreeCount = 100, SampleSize = 256, Seed = seed, Threshold = ThresholdRule.Fixed(0.5) }.Fit(data).Score(data);
            for (int row = 0; row < mean.Length; row++)
                mean[row] += scores[row] / Seeds;
            meanAuc += DetectionMetrics.RocAuc(data.Labels.Span, scores) / Seeds;
        }

        double correlation = Correlation(Ranks(expected), Ranks(mean));
        Assert.True(correlation > 0.99, $"Rank correlation {correlation}.");

        // scikit-learn's c(n) is the approximation by a logarithm, which is too small for small leaves: its scores are a little higher.
        double difference = Enumerable.Range(0, mean.Length).Max(row => Math.Abs(mean[row] - expected[row]));
        Assert.True(difference < 0.03, $"Scores differ by {difference}.");

        // Both means have the standard error of 20 seeds; four of their difference.
        double noise = 4 * Math.Sqrt(2) * deviation / Math.Sqrt(Seeds);
        Assert.True(Math.Abs(meanAuc - auc) <= noise + 0.001, $"Area under the ROC curve {meanAuc} instead of {auc} ± {noise}.");
    }

    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort((double[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (int i = 0; i < order.Length; i++)
            ranks[order[i]] = i;
        return ranks;
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return covariance / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
