using AnomalyKit;

var data = FeatureMatrix.LoadCsv("transactions.csv", labelColumn: "Class");   // float32, row-major, named columns
var detector = new IsolationForestTrainer
{
    Trees = 200,
    Seed = 42,
    Threshold = ThresholdRule.Contamination(0.002),
}.Fit(data);

float[] scores = detector.Score(data);             // higher = more anomalous, always
bool fraud = detector.IsAnomaly(data, row: 0);     // score > detector.Threshold
double auc = DetectionMetrics.RocAuc(data.Labels.Span, scores);

detector.Save("forest.akm");                       // plain data: a JSON header and raw arrays
IAnomalyDetector again = DetectorFile.Load("forest.akm");
Console.WriteLine($"ROC AUC {auc:F3}, {again.IsAnomaly(data).Count(flag => flag)} alerts, row 0 is {(fraud ? "an anomaly" : "normal")}");
