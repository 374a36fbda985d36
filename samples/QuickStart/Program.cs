using AnomalyKit;

var data = FeatureMatrix.LoadCsv("transactions.csv", labelColumn: "Class");   // float32, row-major, named columns
var fit = new IsolationForestTrainer
{
    TreeCount = 200,
    Seed = 42,
    Threshold = ThresholdRule.Contamination(0.002),
}.FitAndScore(data);

var detector = fit.Detector;
double auc = DetectionMetrics.RocAuc(data.Labels.Span, fit.TrainingScores.Span);   // higher = more anomalous, always
int alerts = fit.TrainingAnomalies().Count(flag => flag);                          // score > detector.Threshold

detector.Save("forest.akm");                       // plain data: a JSON header and raw arrays
IAnomalyDetector again = DetectorFile.Load("forest.akm");
bool fraud = again.IsAnomaly([890.50, 3.33, 412, 5]);   // one new row, as plain values of the columns
Console.WriteLine($"ROC AUC {auc:F3}, {alerts} alerts, the new row is {(fraud ? "an anomaly" : "normal")}");
