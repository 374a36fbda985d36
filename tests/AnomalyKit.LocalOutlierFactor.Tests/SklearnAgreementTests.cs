using AnomalyKit.Tests;

namespace AnomalyKit.LocalOutlierFactor.Tests;

/// <summary>Scores are scikit-learn's to a millionth on real sets, in every row that was noted.</summary>
public sealed class SklearnAgreementTests
{
    private const int Neighbors = 20;

    [DataFact("adbench/12_fault.csv.gz")]
    public void Fault() => AssertAgrees("12_fault");

    [DataFact("adbench/19_landsat.csv.gz")]
    public void Landsat() => AssertAgrees("19_landsat");

    [DataFact("adbench/40_vowels.csv.gz")]
    public void Vowels() => AssertAgrees("40_vowels");

    [DataFact("adbench/44_Wilt.csv.gz")]
    public void Wilt() => AssertAgrees("44_Wilt");

    [DataFact("adbench/46_WPBC.csv.gz")]
    public void Wpbc() => AssertAgrees("46_WPBC");

    [DataFact("adbench/25_musk.csv.gz")]
    public void Musk() => AssertAgrees("25_musk");

    private static void AssertAgrees(string set)
    {
        var golden = SklearnGolden.Sets[set];
        var data = FeatureMatrix.LoadCsv(DataFiles.Find($"adbench/{set}.csv.gz")!, labelColumn: "label");
        foreach (var engine in (NeighborEngine[])[NeighborEngine.Tree, NeighborEngine.BruteForce])
        {
            var detector = new LocalOutlierFactorTrainer { Neighbors = Neighbors, Engine = engine }.Fit(data);
            var scores = detector.TrainingScores;
            for (int i = 0; i < golden.Training.Length; i++)
                AssertClose(golden.Training[i], scores[i * golden.Every], $"row {i * golden.Every}");
            double sum = 0;
            foreach (float score in scores)
                sum += score;
            AssertClose(golden.Mean, sum / data.RowCount, "the mean");
            for (int i = 0; i < golden.New.Length; i++)
            {
                var left = data.Cells(i);
                var right = data.Cells(i + 1);
                var row = new float[data.ColumnCount];
                for (int j = 0; j < row.Length; j++)
                    row[j] = (left[j] + right[j]) / 2;
                AssertClose(golden.New[i], detector.Score(row), $"new row {i}");
            }
        }
    }

    private static void AssertClose(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-6 * expected, $"{what}: {actual} instead of {expected}.");
}
