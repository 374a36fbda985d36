using System.Globalization;
using AnomalyKit.ML.Tests.Support;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tests;

/// <summary>What a program does that was never told of AnomalyKit: it loads a pipeline, and scores.</summary>
public static class Program
{
    /// <param name="args">The kind of rows, the pipeline, the number of rows.</param>
    public static int Main(string[] args)
    {
        var context = new MLContext();
        var model = context.Model.Load(args[1], out var schema);
        int rows = int.Parse(args[2], CultureInfo.InvariantCulture);
        var data = args[0] == "mixed" ? context.Data.LoadFromEnumerable(Mixed.Create(rows), schema) : context.Data.LoadFromEnumerable(Observations.Create(rows), schema);
        var scored = model.Transform(data);
        foreach (var (score, label) in scored.GetColumn<float>("Score").Zip(scored.GetColumn<bool>("PredictedLabel")))
            Console.WriteLine($"{BitConverter.SingleToInt32Bits(score)} {label}");
        return 0;
    }
}
