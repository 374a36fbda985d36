using AnomalyKit;

// Words, dates and empty cells need no conversion. The reader infers the kind of each column unless you declare it.
using var reader = CsvTableReader.Open("payments.csv", new TableLayout { IdColumns = ["Id"], LabelColumn = "Fraud" });
FeatureTable payments = reader.ReadAll();
// An alert for about 1 % of ordinary rows. The calibration sets rows aside: scores get p-values, and drift can be measured later without another fit.
var ensemble = RecommendedEnsemble.Create(seed: 42) with { Threshold = ThresholdRule.Contamination(0.01), Calibration = ScoreCalibration.Conformal(seed: 42) };
var trainer = new TableTrainer(ensemble)
{
    Preparation = new TablePreparation { Missing = MissingCells.Median },   // or the mean, or a constant …; by default, missing cells are an error
};

TableDetector detector = trainer.Fit(payments);
detector.Save("payments.akm");                     // plain data: a JSON header and raw arrays
TableDetector again = DetectorFile.LoadTableDetector("payments.akm");
int alerts = again.IsAnomaly(payments).Count(flag => flag);   // score > again.Threshold; a higher score is always more anomalous

var requests = new RowTable(again.Preparation.Schema);        // one new row, with its values by column name
FeatureTable payment = requests.ReadJson("""{ "Time": "2026-04-21T03:20:00", "Merchant": "jewellery", "Country": "BR", "Amount": 890.50, "KilometresFromHome": null }""");
Console.WriteLine($"{alerts} alerts in {payments.RowCount} payments; the new one is {(again.IsAnomaly(payment)[0] ? "an anomaly" : "normal")}");
