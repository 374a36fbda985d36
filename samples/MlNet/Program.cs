// Fits a pipeline of ML.NET with a detector of AnomalyKit, and saves it; a second start loads it and scores. See README.md.
using AnomalyKit;
using AnomalyKit.Samples.MlNet;
using Microsoft.ML;

var mlContext = new MLContext(seed: 1);
string zip = args.ElementAtOrDefault(1) ?? "payments.zip";

if (args.FirstOrDefault() == "score")
{
    // Nothing here mentions AnomalyKit: the pipeline knows what it needs.
    ITransformer loaded = mlContext.Model.Load(zip, out _);
    using var engine = mlContext.Model.CreatePredictionEngine<Payment, Alert>(loaded);
    foreach (var payment in (Payment[])[new() { Amount = 21, Seconds = 80, Items = 3 }, new() { Amount = 950, Seconds = 2, Items = 1 }])
    {
        var alert = engine.Predict(payment);
        Console.WriteLine($"{payment.Amount,4}: score {alert.Score:F3}, p {alert.PValue:F4}{(alert.PredictedLabel ? ", an anomaly" : "")}");
    }

    return;
}

IDataView data = mlContext.Data.LoadFromEnumerable(Payments.Create(10_000, seed: 1));
var pipeline = mlContext.Transforms.Concatenate("Features", "Amount", "Seconds", "Items")
    .Append(mlContext.AnomalyDetection.Trainers.IsolationForest(new() { Seed = 1, Calibration = ScoreCalibration.Rank() }));
var model = pipeline.Fit(data);

IDataView newData = mlContext.Data.LoadFromEnumerable(Payments.Create(5_000, seed: 2));
var metrics = mlContext.AnomalyDetection.Evaluate(model.Transform(newData));
Console.WriteLine($"isolation forest: area under the ROC curve {metrics.AreaUnderRocCurve:F4}, threshold {model.LastTransformer.Detector.Threshold:F4}");
mlContext.Model.Save(model, data.Schema, zip);
Console.WriteLine($"saved as {zip}: score it by the command 'score {zip}'");

Columns.Run(mlContext, data, newData);
