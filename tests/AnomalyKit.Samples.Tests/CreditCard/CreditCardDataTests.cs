using AnomalyKit.Samples.CreditCard.Data;
using AnomalyKit.Samples.CreditCard.Detectors;
using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Tests;

namespace AnomalyKit.Samples.Tests.CreditCard;

/// <summary>The main job on the real set, where it is at hand.</summary>
public class CreditCardDataTests
{
    [DataFact(DataFiles.CreditCard)]
    public void Forest_reaches_what_it_should_on_the_reference_protocol()
    {
        using var folder = new TemporaryFolder();
        var locator = new DataLocator(folder.Path, folder.Path, _ => null);
        var options = new EvaluationOptions
        {
            DataPath = DataFiles.Find(DataFiles.CreditCard),
            Protocols = ["reference"],
            Detectors = ["isolation-forest"],
            OutputFolder = folder.Path,
        };
        var report = new CreditCardEvaluation(DetectorCatalog.Default, locator, new SilentView()).Run(options, default);
        Assert.Contains(report.Data.Sha256, KnownFiles.Sha256);
        Assert.Equal((284_807, 492), (report.Data.Rows.RowCount, report.Data.Frauds));
        Assert.Equal(2, report.Runs.Count);
        foreach (var run in report.Runs)
        {
            Assert.Equal((234_807, 50_000), (run.TrainRows, run.TestRows));
            Assert.Equal(83, run.Confusion.TruePositives + run.Confusion.FalseNegatives);
            Assert.InRange(run.RocAuc, 0.94, 0.965);
            Assert.InRange(run.Confusion.WeightedF1, 0.99, 1);
        }
    }
}
