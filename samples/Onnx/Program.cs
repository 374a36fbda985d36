// Fits a forest, writes it as transactions.onnx, and writes rows with the scores that AnomalyKit gives them, for run_model.py to compare with.
using System.Globalization;
using AnomalyKit;

var data = CsvTableReader.Open("../QuickStart/transactions.csv", new TableLayout { LabelColumn = "Class" }).ReadAll();
var trainer = new TableTrainer(new IsolationForestTrainer { Scaling = FeatureScaling.Robust, Calibration = ScoreCalibration.Rank() });
var detector = trainer.Fit(data);

var model = detector.ToOnnx();
model.Save("transactions.onnx");
Console.WriteLine($"transactions.onnx: {model.Length:N0} bytes, opset {model.Opset}");
Console.WriteLine($"  in:  {string.Join(", ", model.Inputs)}");
Console.WriteLine($"  out: {string.Join(", ", model.Outputs)}");

float[] scores = detector.Score(data);
var columns = detector.Preparation.Schema.Fields.Select(field => (NumberColumn)data.Columns[data.Schema.IndexOf(field.Name)]).ToArray();
using var rows = new StreamWriter("scored.csv");
rows.WriteLine(string.Join(',', columns.Select(column => column.Name).Append("score").Append("label")));
for (int row = 0; row < data.RowCount; row++)
{
    var cells = columns.Select(column => column.Value(row).ToString("R", CultureInfo.InvariantCulture));
    rows.WriteLine(string.Join(',', cells.Append(scores[row].ToString("R", CultureInfo.InvariantCulture)).Append(scores[row] > detector.Threshold ? "1" : "0")));
}
