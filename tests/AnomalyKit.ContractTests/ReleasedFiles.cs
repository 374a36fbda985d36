using System.Globalization;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.ContractTests;

/// <summary>Model files of every released format load for ever and score as they did (rule 7). How they were made: Fixtures/README.md.</summary>
public sealed class ReleasedFiles
{
    private const int Rows = 24;
    private const int Columns = 3;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static TheoryData<string> Files => new(Directory.GetFiles(Folder, "*.akm").Select(path => Path.GetFileNameWithoutExtension(path)!));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_released_file_loads_and_scores_as_it_did(string name)
    {
        var detector = DetectorFile.Load(Path.Combine(Folder, name + ".akm"));
        string[][] lines = [.. File.ReadLines(Path.Combine(Folder, name + ".csv")).Select(line => line.Split(','))];
        Assert.Equal(lines[0][..^2], detector.Schema.ColumnNames);
        Assert.True(lines.Length > Rows);
        foreach (string[] line in lines[1..])
        {
            float[] cells = [.. line[..^2].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
            var score = new float[1];
            detector.ScoreRows(EncodedRows.Check(cells, detector.Schema), score);
            Assert.Equal(float.Parse(line[^2], CultureInfo.InvariantCulture), score[0]);
            Assert.Equal(line[^1] == "1", score[0] > detector.Threshold);
        }
    }

    [Fact]
    public void Every_registered_detector_has_a_file_of_the_present_format()
    {
        foreach (var registration in new RegisteredDetectors().Detectors)
            Assert.True(File.Exists(Path.Combine(Folder, $"{registration.Name}-{ModelWriter.FormatVersion}.akm")), $"No file of {registration.Name}.");
    }

    /// <summary>Not a test of anything: writes the files of the present format where ANOMALYKIT_MAKE_FIXTURES says, and nothing where it is not set.</summary>
    [Fact]
    public void Files_are_made_where_asked_for()
    {
        string? folder = Environment.GetEnvironmentVariable("ANOMALYKIT_MAKE_FIXTURES");
        if (string.IsNullOrEmpty(folder))
            return;
        foreach (var registration in new RegisteredDetectors().Detectors)
        {
            string path = Path.Combine(folder, $"{registration.Name}-{ModelWriter.FormatVersion}");
            if (!File.Exists(path + ".akm"))
                Make(registration, path);
        }
    }

    private static void Make(DetectorRegistration registration, string path)
    {
        var random = new CounterRandom(1);
        var cells = new float[2 * Rows * Columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)(random.NextDouble() * (i / Columns % 10 == 9 ? 40 : 10));
        var schema = new FeatureSchema(["amount", "time", "größe"], [0, 1.7e9, 0]);
        var training = FeatureMatrix.Wrap(cells.AsMemory(0, Rows * Columns), schema);
        var detector = registration.NewTrainer(1, FeatureScaling.Standard, ThresholdRule.Contamination(0.1)).Fit(training);
        detector.Save(path + ".akm");
        using var lines = new StreamWriter(path + ".csv");
        lines.NewLine = "\n";
        lines.WriteLine(string.Join(",", schema.ColumnNames) + ",score,anomaly");
        for (int row = 0; row < 2 * Rows; row++)
        {
            var rowCells = cells.AsSpan(row * Columns, Columns);
            foreach (float cell in rowCells)
                lines.Write(string.Create(CultureInfo.InvariantCulture, $"{cell:R},"));
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{detector.Score(rowCells):R},{(detector.IsAnomaly(rowCells) ? 1 : 0)}"));
        }
    }
}
