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
        {
            Assert.True(File.Exists(Path.Combine(Folder, $"{registration.Name}-{ModelWriter.FormatVersion}.akm")), $"No file of {registration.Name}.");
            Assert.True(File.Exists(Path.Combine(Folder, $"{registration.Name}-{ModelWriter.FormatVersion}-constants.akm")), $"No file of {registration.Name} with constants.");
        }
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
                Make(registration, path, ["amount", "time", "größe"], [0, 1.7e9, 0]);
            if (!File.Exists(path + "-constants.akm"))
                Make(registration, path + "-constants", ["amount", "time", "größe", "constant", "copy"], [0, 1.7e9, 0, 0, 0]);
        }
    }

    // Of the columns behind the third, the fourth is constant in training and the fifth twice the first; every fifth of the later rows breaks either.
    private static void Make(DetectorRegistration registration, string path, string[] names, double[] offsets)
    {
        var random = new CounterRandom(1);
        int columns = names.Length;
        var cells = new float[2 * Rows * columns];
        for (int row = 0; row < 2 * Rows; row++)
        {
            var rowCells = cells.AsSpan(row * columns, columns);
            bool breaks = row >= Rows && row % 5 == 0;
            for (int i = 0; i < columns; i++)
            {
                rowCells[i] = i switch
                {
                    < Columns => (float)(random.NextDouble() * (row % 10 == 9 ? 40 : 10)),
                    Columns => breaks ? 8 : 7,
                    _ => breaks ? 3 : 2 * rowCells[0],
                };
            }
        }

        var data = FeatureMatrix.Wrap(cells, new FeatureSchema(names, offsets));
        var detector = registration.NewTrainer(1, FeatureScaling.Standard, ThresholdRule.Contamination(0.1)).Fit(data.Slice(0, Rows));
        detector.Save(path + ".akm");
        float[] scores = detector.Score(data);
        using var lines = new StreamWriter(path + ".csv");
        lines.NewLine = "\n";
        lines.WriteLine(string.Join(",", names) + ",score,anomaly");
        for (int row = 0; row < scores.Length; row++)
        {
            foreach (float cell in data.Cells(row))
                lines.Write(string.Create(CultureInfo.InvariantCulture, $"{cell:R},"));
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scores[row]:R},{(scores[row] > detector.Threshold ? 1 : 0)}"));
        }
    }
}
