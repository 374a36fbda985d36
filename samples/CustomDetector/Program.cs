using System.Globalization;
using AnomalyKit;
using AnomalyKit.Numerics;
using AnomalyKit.Samples.CustomDetector;

// Two clouds of normal rows, and every fiftieth row somewhere else.
var random = new CounterRandom(1);
var cells = new float[10_000 * 4];
var labels = new bool[10_000];
for (int row = 0; row < labels.Length; row++)
{
    labels[row] = row % 50 == 0;
    for (int column = 0; column < 4; column++)
        cells[(row * 4) + column] = (float)(labels[row] ? 20 * (random.NextDouble() - 0.5) : (row % 2 * 6) - 3 + random.NextGaussian());
}

var data = FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(4), labels);
var trainer = new SampledNeighboursTrainer { Seed = 7, Scaling = FeatureScaling.Standard, Threshold = ThresholdRule.Contamination(0.02) };

// The detector of this folder, and one of AnomalyKit: the same contract, the same files, the same catalogue.
var catalog = DetectorFile.Catalog.With(SampledNeighboursDetector.Format);
foreach (var fitted in (IAnomalyDetector[])[trainer.Fit(data), new IsolationForestTrainer { Seed = 7 }.Fit(data)])
{
    string path = Path.Combine(Path.GetTempPath(), $"{fitted.Info.Kind}-{Environment.ProcessId}.akm");
    fitted.Save(path);
    var loaded = catalog.Load(path);
    File.Delete(path);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{loaded.Info.Kind}: ROC AUC {DetectionMetrics.RocAuc(data.Labels.Span, loaded.Score(data)):F4}, threshold {loaded.Threshold:G4} ({loaded.ThresholdOrigin})"));
}
