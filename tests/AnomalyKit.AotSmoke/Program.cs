// What a program that is compiled ahead of time does with AnomalyKit: reads CSV, fits, scores, saves, loads, streams. Prints OK and returns 0.
using System.Globalization;
using System.Numerics.Tensors;
using System.Text;
using AnomalyKit;
using AnomalyKit.Persistence;

var text = new StringBuilder("time,amount,Class\n");
var random = new Random(1);
for (int row = 0; row < 500; row++)
{
    bool anomaly = row % 50 == 3;
    double scale = anomaly ? 50 : 1;
    text.Append(CultureInfo.InvariantCulture, $"{1_700_000_000 + row},{scale * random.NextDouble():R},{(anomaly ? 1 : 0)}\n");
}

string folder = Directory.CreateTempSubdirectory("anomalykit-aot-").FullName;
try
{
    string csv = Path.Combine(folder, "rows.csv");
    File.WriteAllText(csv, text.ToString());
    var data = FeatureMatrix.LoadCsv(csv, labelColumn: "Class");
    Check(data is { RowCount: 500, ColumnCount: 2, HasLabels: true }, "the CSV file is read");

    foreach (string name in DetectorTrainers.Names)
    {
        var named = DetectorTrainers.Create(name, seed: 3);
        var options = TrainerOptions.Read(named).Select(option => $"{option.Name}={option.Value}");
        Check(TrainerOptions.With(DetectorTrainers.Create(name), options).Equals(named), "a trainer is told by its options");
    }

    using (var reader = CsvTableReader.Open(csv))
        Check(TableInspection.Of(reader).Findings.Any(finding => finding.Kind == InspectionFindingKind.LikelyLabel), "a table is inspected");

    FeatureScaling[] scalings = [FeatureScaling.None, FeatureScaling.Standard, FeatureScaling.MinMax, FeatureScaling.Robust];
    IDetectorTrainer[] trainers =
    [
        .. scalings.Select(scaling => new IsolationForestTrainer { Seed = 42, Scaling = scaling, Threshold = ThresholdRule.Contamination(0.02) }),
        new LocalOutlierFactorTrainer { Scaling = FeatureScaling.Standard, SampleSize = 100, SubsetCount = 2 },
        new NearestNeighborsTrainer { Scaling = FeatureScaling.Standard, Engine = NeighborEngine.Tree },
        new OneClassSvmTrainer { Scaling = FeatureScaling.Standard },
        new AutoencoderTrainer { Seed = 42, Threshold = ThresholdRule.Contamination(0.02) },
    ];
    foreach (var trainer in trainers)
    {
        var detector = trainer.Fit(data);
        float[] scores = detector.Score(data);
        Check(DetectionMetrics.RocAuc(data.Labels.Span, scores) > 0.8, "anomalies score higher");
        Check(detector.Score(data, row: 7) == scores[7], "a row scores as in the matrix");
        var attribution = detector.Attribute(data, row: 3);
        Check(attribution.Score == scores[3] && attribution.Contributions.Length == 2, "a row is explained by its columns");
        Check(detector.Explain(data, row: 3).Sentences.Any(), "a row is explained in words");
        var window = new DriftWindow(detector.Profile!, detector.Threshold);
        window.Add(data);
        window.AddScores(scores);
        var drift = new DriftReport(DriftComparison.Compare(detector.Profile!, window));
        Check(drift.Comparison.Columns.All(column => !column.IsDrifted) && drift.ToJson().Contains("alert_share", StringComparison.Ordinal), "no column of the training rows has moved");

        string path = Path.Combine(folder, "model.akm");
        detector.Save(path);
        var loaded = DetectorFile.Load(path);
        Check(loaded.Score(data).AsSpan().SequenceEqual(scores), "the loaded detector gives the same scores");
        Check(loaded.Threshold == detector.Threshold && loaded.Info == detector.Info, "the loaded detector is complete");

        var cells = new float[10];
        loaded.ScoreRows(EncodedRows.Check(data.ContiguousCells(0, 10), loaded.Schema), cells);
        Check(cells.AsSpan().SequenceEqual(scores.AsSpan(0, 10)), "cells score as in the matrix");
        var values = new double[20];
        data.Schema.Decode(data.ContiguousCells(0, 10), values);
        float[] single = Array.ConvertAll(values, value => (float)value);
        var (dense, flat) = (new float[10], new float[10]);
        loaded.Score(new ReadOnlyTensorSpan<float>(single, [10, 2]), dense);
        loaded.Score(single, flat);
        Check(dense.AsSpan().SequenceEqual(flat), "a tensor scores as its rows do");

        await foreach (var batch in loaded.ScoreAsync(Batches(data)))
            Check(batch.Scores.Span.SequenceEqual(scores.AsSpan((int)batch.FirstRow, batch.Data.RowCount)), "a stream scores as its rows do");
    }

    await CheckTables(folder);
    Check(Throws<ModelFormatException>(() => DetectorFile.Load(new MemoryStream(new byte[100]))), "a file of zeros is refused");
    Check(Throws<FeatureDataException>(() => trainers[0].Fit(FeatureMatrix.Wrap(new[] { 1, 2, float.NaN, 4 }, 2))), "NaN is refused");
    Console.WriteLine("OK");
    return 0;
}
catch (CheckFailedException failure)
{
    Console.Error.WriteLine($"Failed: {failure.Message}.");
    return 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static async Task CheckTables(string folder)
{
    var payments = new ObjectTable<int>()
        .Id("id", row => row)
        .Number("amount", row => row % 50 == 3 ? null : row * 7 % 11 * 0.5)
        .Category("merchant", row => new[] { "Aldi", "Shell", "Bahn" }[row % 3])
        .DateTime("time", row => DateTime.UnixEpoch.AddHours(row));
    var table = payments.Read(Enumerable.Range(0, 300));
    var detector = new TableTrainer(new IsolationForestTrainer { Seed = 42 }) { Preparation = new TablePreparation { Missing = MissingCells.Native } }.Fit(table);
    float[] scores = detector.Score(table);

    string model = Path.Combine(folder, "table.akm");
    detector.Save(model);
    var loaded = DetectorFile.LoadTableDetector(model);
    string csv = Path.Combine(folder, "table.csv");
    string parquet = Path.Combine(folder, "table.parquet");
    string arrow = Path.Combine(folder, "table.arrow");
    foreach (var writer in new TableWriter[] { CsvTableWriter.Create(csv), ParquetTableWriter.Create(parquet), ArrowTableWriter.Create(arrow) })
    {
        using (writer)
        {
            writer.Write(table);
            writer.Complete();
        }
    }

    foreach (var reader in new TableReader[] { CsvTableReader.Open(csv, loaded.Layout), ParquetTableReader.Open(parquet, loaded.Layout), ArrowTableReader.Open(arrow, loaded.Layout) })
    {
        await using (reader)
            Check(loaded.Score(reader.ReadAll()).AsSpan().SequenceEqual(scores), $"a table scores the same from {reader.GetType().Name}");
    }

    var request = new RowTable(loaded.Preparation.Schema).ReadJson("""{"time": "1970-01-01T03:00:00Z", "merchant": "Aldi", "amount": null}""");
    Check(loaded.Score(request)[0] == scores[3], "a request scores as its row does");
}

static async IAsyncEnumerable<FeatureMatrix> Batches(FeatureMatrix data)
{
    for (int start = 0; start < data.RowCount; start += 128)
    {
        await Task.Yield();
        yield return data.Slice(start, Math.Min(128, data.RowCount - start));
    }
}

static bool Throws<TException>(Action action)
    where TException : Exception
{
    try
    {
        action();
        return false;
    }
    catch (TException)
    {
        return true;
    }
}

static void Check(bool holds, string what)
{
    if (!holds)
        throw new CheckFailedException(what);
}

/// <summary>Something that the library promises does not hold in this program.</summary>
internal sealed class CheckFailedException(string message) : Exception(message);
