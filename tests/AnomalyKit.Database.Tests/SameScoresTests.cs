using System.Globalization;
using AnomalyKit.Numerics;
using Npgsql;
using NpgsqlTypes;

namespace AnomalyKit.Tests.Database;

/// <summary>
/// One real table (words, dates, decimal commas, gaps) gives the same scores, to the bit, from CSV, Parquet and PostgreSQL, by every detector, fitted, saved and loaded.
/// ANOMALYKIT_REAL_TABLE names a file that benchmarks/real-table.py made, to be read instead of the made-up rows.
/// </summary>
public sealed class SameScoresTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private static readonly CsvTableOptions Written = new() { Delimiter = ';', DecimalSeparator = ',', ThousandsSeparator = '.', CurrencySigns = ["€"], LocalNumberColumns = ["Amount"] };
    private static readonly TableLayout Payments = new() { LabelColumn = "Class", Kinds = new Dictionary<string, ColumnKind> { ["V1"] = ColumnKind.Category } };

    private readonly string _folder = Directory.CreateTempSubdirectory("anomalykit").FullName;

    public static TheoryData<string> Detectors => [.. Trainers().Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PostgresTheory]
    [MemberData(nameof(Detectors))]
    public void Every_source_gives_the_same_scores(string detector)
    {
        string csv = Environment.GetEnvironmentVariable("ANOMALYKIT_REAL_TABLE") is { Length: > 0 } path ? path : WriteCsv();
        FeatureTable table = Read(CsvTableReader.Open(csv, Payments, Written));
        var missing = Trainers()[detector].AcceptsMissing ? MissingCells.Native : MissingCells.Median;
        var fitted = new TableTrainer(Trainers()[detector]) { Preparation = new TablePreparation { Missing = missing } }.Fit(table);
        string model = Path.Combine(_folder, "model.akm");
        fitted.Save(model);
        float[] expected = fitted.Score(table);
        Assert.True(expected.Distinct().Count() > 10);

        var loaded = DetectorFile.LoadTableDetector(model);
        Same(expected, loaded.Score(Read(CsvTableReader.Open(csv, loaded.Layout, Written))), "CSV");
        Same(expected, loaded.Score(Read(ParquetTableReader.Open(WriteParquet(table), loaded.Layout))), "Parquet");
        CopyToDatabase(table);
        using var connection = server.Connect();
        using var command = new NpgsqlCommand("SELECT * FROM payments ORDER BY row_number", connection);
        Same(expected, loaded.Score(Read(DbTableReader.Open(command.ExecuteReader(), loaded.Layout))), "PostgreSQL");
    }

    private static Dictionary<string, IDetectorTrainer> Trainers() => new()
    {
        ["isolation-forest"] = new IsolationForestTrainer { Seed = 1 },
        ["elliptic-envelope"] = new EllipticEnvelopeTrainer { Seed = 1, RandomStarts = 50 },
        ["nearest-neighbors"] = new NearestNeighborsTrainer { Seed = 1, Scaling = FeatureScaling.Standard, SampleSize = 500 },
        ["local-outlier-factor"] = new LocalOutlierFactorTrainer { Seed = 1, Scaling = FeatureScaling.Standard, SampleSize = 500 },
        ["one-class-svm"] = new OneClassSvmTrainer { Scaling = FeatureScaling.Standard, Approximation = new NystroemApproximation { LandmarkCount = 100 } },
        ["autoencoder"] = new AutoencoderTrainer { Seed = 1, MaxEpochs = 3 },
        ["ensemble"] = new EnsembleTrainer { Members = [new("forest", new IsolationForestTrainer { Seed = 1 }), new("envelope", new EllipticEnvelopeTrainer { Seed = 1, RandomStarts = 50 })] },
    };

    private static FeatureTable Read(TableReader reader)
    {
        using (reader)
            return reader.ReadAll();
    }

    private static void Same(float[] expected, float[] actual, string source)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int row = 0; row < expected.Length; row++)
            Assert.True(BitConverter.SingleToInt32Bits(expected[row]) == BitConverter.SingleToInt32Bits(actual[row]), $"Row {row} from {source}: {actual[row]} instead of {expected[row]}");
    }

    private string WriteCsv()
    {
        var random = new CounterRandom(3);
        string path = Path.Combine(_folder, "payments.csv");
        using var text = new StreamWriter(path);
        text.WriteLine("Time;V1;V2;V3;Amount;Class");
        for (int row = 0; row < 700; row++)
        {
            string[] cells =
            [
                new DateTime(2013, 9, 1).AddSeconds(row * 211).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                new[] { "amber", "birch", "cedar", "dune" }[random.NextInt32(4)],
                (random.NextDouble() - 0.5).ToString("R", CultureInfo.InvariantCulture),
                (random.NextDouble() * random.NextDouble() * 1e6).ToString("R", CultureInfo.InvariantCulture),
                "€" + (random.NextDouble() * 5000).ToString("#,##0.00", new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." }),
            ];
            for (int i = 0; i < cells.Length; i++)
            {
                if (random.NextDouble() < 0.05)
                    cells[i] = string.Empty;
            }

            text.WriteLine(string.Join(';', cells) + (row % 100 == 99 ? ";1" : ";0"));
        }

        return path;
    }

    private string WriteParquet(FeatureTable table)
    {
        string path = Path.Combine(_folder, "payments.parquet");
        using var writer = ParquetTableWriter.Create(path);
        for (int row = 0; row < table.RowCount; row += 100_000)
            writer.Write(table.Slice(row, Math.Min(100_000, table.RowCount - row)));
        writer.Complete();
        return path;
    }

    private void CopyToDatabase(FeatureTable table)
    {
        using var connection = server.Connect();
        string columns = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\" {TypeOf(column)}"));
        using (var create = new NpgsqlCommand($"DROP TABLE IF EXISTS payments; CREATE TABLE payments (row_number bigint, {columns})", connection))
            create.ExecuteNonQuery();
        using var copy = connection.BeginBinaryImport("COPY payments FROM STDIN (FORMAT BINARY)");
        for (int row = 0; row < table.RowCount; row++)
        {
            copy.StartRow();
            copy.Write((long)row, NpgsqlDbType.Bigint);
            foreach (var column in table.Columns)
                Write(copy, column, row);
        }

        copy.Complete();
    }

    private static string TypeOf(TableColumn column) => column switch
    {
        Int64Column => "bigint",
        NumberColumn => "double precision",
        BooleanColumn => "boolean",
        DateTimeColumn { IsUtc: true } => "timestamptz",
        DateTimeColumn => "timestamp",
        _ => "text",
    };

    private static void Write(NpgsqlBinaryImporter copy, TableColumn column, int row)
    {
        if (column.IsMissing(row))
            copy.WriteNull();
        else if (column is Int64Column whole)
            copy.Write(whole.Cells.Span[row], NpgsqlDbType.Bigint);
        else if (column is NumberColumn number)
            copy.Write(number.Value(row), NpgsqlDbType.Double);
        else if (column is BooleanColumn boolean)
            copy.Write(boolean.Value(row)!.Value, NpgsqlDbType.Boolean);
        else if (column is DateTimeColumn date)
            copy.Write(date.Value(row)!.Value, date.IsUtc ? NpgsqlDbType.TimestampTz : NpgsqlDbType.Timestamp);
        else
            copy.Write(column.Text(row)!, NpgsqlDbType.Text);
    }
}
