using AnomalyKit.Onnx.Tests.Support;

namespace AnomalyKit.Onnx.Tests.Files;

/// <summary>Rows, names and sizes that nobody expects.</summary>
public sealed class HostileTests
{
    public static TheoryData<string> Kinds => ["isolation-forest", "elliptic-envelope", "one-class-svm", "nearest-neighbors", "local-outlier-factor", "autoencoder", "recommended"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_row_that_is_refused_here_has_no_score_there_and_harms_no_other(string name)
    {
        var detector = DetectorTrainers.Create(name).Fit(SampleRows.Training) is var fitted ? fitted.WithFrame(fitted.Frame.WithCalibration(ScoreCalibration.Gaussian(), [0, 1, 2, 3, 5])) : null!;
        float[] rows = SampleRows.Ordinary(6, seed: 3);
        rows[0] = float.NaN;
        rows[(2 * SampleRows.Columns) + 1] = float.PositiveInfinity;
        rows[(4 * SampleRows.Columns) + 6] = float.NegativeInfinity;
        using var run = new OnnxRun(detector.ToOnnx());
        var answer = run.Run(rows, SampleRows.Columns);
        for (int row = 0; row < 6; row++)
        {
            Assert.Equal(row % 2 == 0, float.IsNaN(answer.Scores[row]));
            Assert.Equal(row % 2 == 0, double.IsNaN(answer.PValues![row]));
            Assert.False(row % 2 == 0 && answer.Labels[row]);
        }

        float[] odd = [.. Enumerable.Range(0, 6).Where(row => row % 2 == 1).SelectMany(row => rows.AsSpan(row * SampleRows.Columns, SampleRows.Columns).ToArray())];
        float[] alone = run.Run(odd, SampleRows.Columns).Scores;
        for (int i = 0; i < 3; i++)
            Assert.InRange(answer.Scores[(2 * i) + 1], alone[i] - (1e-6f * Math.Abs(alone[i])), alone[i] + (1e-6f * Math.Abs(alone[i])));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_rows_give_no_scores(string name)
    {
        using var run = new OnnxRun(DetectorTrainers.Create(name).Fit(SampleRows.Training).ToOnnx());
        var answer = run.Run(Array.Empty<float>(), SampleRows.Columns);
        Assert.Empty(answer.Scores);
        Assert.Empty(answer.Labels);
    }

    [Fact]
    public void Columns_may_have_any_names()
    {
        string[] names = ["v_1", "row_2", "", " sepal length (cm)", "Größe/µm", "a\"b\\c\n", "日本"];
        names[2] = "score_out";
        var detector = new IsolationForestTrainer { TreeCount = 5 }.Fit(SampleRows.Training.WithSchema(new FeatureSchema(names)));
        var model = detector.ToOnnx(new OnnxOptions { InputForm = OnnxInputForm.Columns });
        float[] rows = SampleRows.Ordinary(10, seed: 9);
        using var run = new OnnxRun(model);
        var answer = run.Run([.. names.Select((name, column) => OnnxRun.Column(name, [.. Enumerable.Range(0, 10).Select(row => rows[(row * SampleRows.Columns) + column])]))]);
        Parity.Check(detector, rows, answer);
        Assert.Equal(names, System.Text.Json.JsonSerializer.Deserialize<string[]>(run.Metadata["anomalykit.features"]));
    }

    [Fact]
    public void A_column_that_is_called_as_an_output_needs_a_prefix()
    {
        var data = SampleRows.Training.WithSchema(new FeatureSchema(["score", "label", "c", "d", "e", "f", "g"]));
        var detector = new IsolationForestTrainer { TreeCount = 5 }.Fit(data);
        var options = new OnnxOptions { InputForm = OnnxInputForm.Columns };
        Assert.Contains("OutputPrefix", Assert.Throws<OnnxExportException>(() => detector.ToOnnx(options)).Message, StringComparison.Ordinal);
        Assert.Equal(["anomaly_score", "anomaly_label"], detector.ToOnnx(options with { OutputPrefix = "anomaly_" }).Outputs.Select(output => output.Name));
        Parity.Check(detector, SampleRows.Mixed());
    }

    [Fact]
    public void Ten_thousand_columns_are_no_matter()
    {
        const int Columns = 10_000;
        float[] cells = [.. Enumerable.Range(0, 30 * Columns).Select(i => (i % 7 == 0) ? 1f : (i * 2654435761L % 1000) / 10f)];
        var data = FeatureMatrix.Wrap(cells, Columns);
        Parity.Check(new IsolationForestTrainer { TreeCount = 20 }.Fit(data), cells);
        Parity.Check(new NearestNeighborsTrainer { Neighbors = 3 }.Fit(data), cells);
        var model = new IsolationForestTrainer { TreeCount = 5 }.Fit(data).ToOnnx(new OnnxOptions { InputForm = OnnxInputForm.Columns });
        using var run = new OnnxRun(model);
        Assert.Equal(Columns, model.Inputs.Count);
    }

    [Fact]
    public void Offsets_are_taken_off_in_double()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => 1.7e9 + (i * 0.001) + (i % 40 == 0 ? 5 : 0))];
        var builder = new FeatureMatrixBuilder(new FeatureSchema(["t"], [1.7e9]), values.Length);
        values.Select(value => (float)(value - 1.7e9)).ToArray().CopyTo(builder.GetSpan(values.Length));
        builder.Advance(values.Length);
        var detector = new IsolationForestTrainer { TreeCount = 20 }.Fit(builder.Build());
        var model = detector.ToOnnx();
        Assert.Equal(OnnxElementType.DoublePrecision, model.Inputs[0].ElementType);
        using var run = new OnnxRun(model);
        var scores = new float[values.Length];
        detector.Score(values, scores);
        Parity.CheckScores(detector, scores, run.Run(values, 1));
    }

    [Fact]
    public void A_file_appears_whole_or_not_at_all()
    {
        var model = new IsolationForestTrainer { TreeCount = 5 }.Fit(SampleRows.Training).ToOnnx();
        string folder = Directory.CreateTempSubdirectory("onnx").FullName;
        try
        {
            string path = Path.Combine(folder, "model.onnx");
            model.Save(path);
            Assert.Equal(model.ToArray(), File.ReadAllBytes(path));
            Assert.Throws<DirectoryNotFoundException>(() => model.Save(Path.Combine(folder, "none", "model.onnx")));
            Assert.Equal([path], Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_file_of_more_than_two_gigabytes_is_refused_before_it_is_made()
    {
        var size = new AnomalyKit.Onnx.Graphs.FileSize();
        size.Add(1L << 30, "its reference rows");
        var exception = Assert.Throws<OnnxExportException>(() => size.Add(1L << 30, "its reference rows"));
        Assert.Contains("2 GB", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_detector_does_not_have_cannot_be_asked_for()
    {
        var detector = new IsolationForestTrainer { TreeCount = 5 }.Fit(SampleRows.Training);
        Assert.Throws<OnnxExportException>(() => detector.ToOnnx(new OnnxOptions { IncludeMemberScores = true }));
        Assert.Throws<OnnxExportException>(() => detector.ToOnnx(new OnnxOptions { IncludeCalibratedScore = true }));
        Assert.Throws<ArgumentException>(() => new OnnxOptions { InputName = "" });
    }
}
