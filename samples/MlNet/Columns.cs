using Microsoft.ML;

namespace AnomalyKit.Samples.MlNet;

/// <summary>Text and times beside numbers, and reasons for the highest scores.</summary>
internal static class Columns
{
    public static void Run(MLContext mlContext, IDataView data, IDataView newData)
    {
        var trainer = new TableTrainer(new IsolationForestTrainer { Seed = 1 });
        DetectorTransformer model = mlContext.AnomalyDetection.Trainers
            .Detector(trainer, "Amount", "Seconds", "Items", "Country", "Time")
            .Fit(data);
        var metrics = mlContext.AnomalyDetection.Evaluate(model.Transform(newData));
        Console.WriteLine($"with country and time: area under the ROC curve {metrics.AreaUnderRocCurve:F4}; the highest scores:");

        // The detector behind the transformer is an ordinary one. It reads the same data.
        TableDetector detector = model.TableDetector!;
        using var reader = DataViewTableReader.Open(newData, detector.Layout);
        foreach (var explained in detector.ExplainTop(reader, count: 3))
            Console.WriteLine($"  row {explained.Row}: {string.Join(' ', explained.Explanation.Reasons.Take(2))}");
    }
}
