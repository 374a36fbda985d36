using AnomalyKit.ContractTests.Support;
using AnomalyKit.Persistence;

namespace AnomalyKit.ContractTests;

/// <summary>A model file gives the same detector back, from a path or a stream, and appears whole or not at all (rules 6 and 7).</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class ModelFileContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    [Theory]
    [EveryDetector(Over.Shapes)]
    public void A_loaded_detector_gives_the_same_scores_and_the_same_file(string detector, string shape)
    {
        var data = DataShape.Named(shape);
        foreach (var scaling in data.ScalingsToTry)
        {
            var fitted = Fitted(detector, data, scaling).Detector;
            byte[] file = Saved(fitted);
            var loaded = Loaded(file);
            Same.Bits(fitted.Score(data.Probes()), loaded.Score(data.Probes()), $"Scaling {scaling}");
            Same.Bytes(file, Saved(loaded), $"Scaling {scaling}, saved again");
            Assert.Equal(fitted.Info, loaded.Info);
            Assert.Equal(fitted.Schema, loaded.Schema);
            Assert.Equal(fitted.Threshold, loaded.Threshold);
        }
    }

    [Theory]
    [EveryDetector]
    public void Columns_keep_their_names_and_offsets_in_files(string detector)
    {
        float[] cells = DataShape.Usual.Cells(300, stream: 0);
        string[] names = ["a/b", "Größe \"x\"", "\u2028 💡", "__metadata__", " padded "];
        foreach (var schema in (FeatureSchema[])[FeatureSchema.Unnamed(5), new(names), new(names, [0, 1e9, -1e-9, double.MaxValue, 0.1])])
        {
            var loaded = Loaded(Saved(Registered(detector).Fit(FeatureMatrix.Wrap(cells, schema))));
            Assert.Equal(schema, loaded.Schema);
            Assert.Equal(schema.IsNamed, loaded.Schema.IsNamed);
        }
    }

    [Theory]
    [EveryDetector]
    public void Paths_and_streams_hold_the_same_file(string detector)
    {
        var fitted = Fitted(detector).Detector;
        using var folder = new TemporaryFolder();
        string path = folder.File("model.akm");
        fitted.Save(path);
        byte[] file = Saved(fitted);
        Same.Bytes(file, File.ReadAllBytes(path), "The saved file");
        Same.Bits(fitted.Score(DataShape.Usual.Probes()), Catalog.Load(path).Score(DataShape.Usual.Probes()), "Loaded from the path");
        Assert.Equal([path], folder.Files);
    }

    [Theory]
    [EveryDetector]
    public void A_stream_is_read_from_its_position_and_stays_open(string detector)
    {
        var fitted = Fitted(detector).Detector;
        using var stream = new MemoryStream();
        stream.Write(new byte[13]);
        fitted.Save(stream);
        Assert.True(stream.CanWrite);
        stream.Position = 13;
        Same.Bits(fitted.Score(DataShape.Usual.Probes()), Catalog.Load(stream).Score(DataShape.Usual.Probes()), "Behind something else");
        Assert.True(stream.CanRead);
    }

    [Theory]
    [EveryDetector]
    public void A_stream_that_cannot_seek_and_gives_little_at_a_time_is_read_too(string detector)
    {
        var fitted = Fitted(detector).Detector;
        byte[] file = Saved(fitted);
        using var trickle = new TrickleStream(file);
        Same.Bits(fitted.Score(DataShape.Usual.Probes()), Catalog.Load(trickle).Score(DataShape.Usual.Probes()), "A trickle");
        using var cut = new TrickleStream(file[..^1]);
        Assert.Throws<ModelFormatException>(() => Catalog.Load(cut));
    }

    [Theory]
    [EveryDetector]
    public void Saving_replaces_an_existing_file(string detector)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.akm");
        File.WriteAllBytes(path, new byte[1 << 20]);
        var fitted = Fitted(detector).Detector;
        fitted.Save(path);
        Same.Bytes(Saved(fitted), File.ReadAllBytes(path), "In place of something longer");
        Assert.Equal([path], folder.Files);
    }

    [Theory]
    [EveryDetector]
    public void A_failed_save_leaves_the_old_file_and_nothing_else(string detector)
    {
        var fitted = Fitted(detector).Detector;
        using var folder = new TemporaryFolder();
        string path = folder.File("model.akm");
        File.WriteAllText(path, "old");
        Assert.Throws<InvalidTimeZoneException>(() => new FailingDetector(fitted).Save(path));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], folder.Files);

        // A folder in the place of the file: all is written beside it, and the last step fails.
        string taken = folder.File("folder.akm");
        Directory.CreateDirectory(taken);
        Assert.ThrowsAny<Exception>(() => fitted.Save(taken));
        Assert.True(Directory.Exists(taken));
        Assert.Equal([path], folder.Files);
        Assert.ThrowsAny<IOException>(() => fitted.Save(Path.Combine(folder.File("missing"), "model.akm")));
    }

    [Theory]
    [EveryDetector]
    public void A_save_to_a_failing_stream_passes_its_error_on(string detector)
    {
        var fitted = Fitted(detector).Detector;
        using var full = new MemoryStream(new byte[100], writable: true);
        Assert.Throws<NotSupportedException>(() => fitted.Save(full));
    }

    [Theory]
    [EveryDetector]
    public void Missing_files_and_null_are_answered(string detector)
    {
        var fitted = Fitted(detector).Detector;
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => Catalog.Load(folder.File("no.akm")));
        Assert.Throws<ArgumentNullException>(() => Catalog.Load((string)null!));
        Assert.Throws<ArgumentException>(() => Catalog.Load(string.Empty));
        Assert.Throws<ArgumentNullException>(() => Catalog.Load((Stream)null!));
        Assert.Throws<ArgumentNullException>(() => fitted.Save((string)null!));
        Assert.Throws<ArgumentNullException>(() => fitted.Save((Stream)null!));
        Assert.Throws<ArgumentNullException>(() => fitted.WriteTo(null!));
        Assert.Throws<ArgumentNullException>(() => ((IAnomalyDetector)null!).Save(folder.File("no.akm")));
    }

    [Theory]
    [EveryDetector]
    public void A_catalogue_without_the_kind_names_it(string detector)
    {
        byte[] file = Saved(Fitted(detector).Detector);
        var exception = Assert.Throws<ModelFormatException>(() => new ModelCatalog([]).Load(new MemoryStream(file)));
        Assert.Contains($"'{detector}'", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Writes half of itself and fails.</summary>
    private sealed class FailingDetector(IAnomalyDetector inner) : IAnomalyDetector
    {
        public DetectorInfo Info => inner.Info;

        public DetectorFrame Frame => inner.Frame;

        public void ScoreRows(EncodedRows rows, Span<float> scores) => inner.ScoreRows(rows, scores);

        public IAnomalyDetector WithFrame(DetectorFrame frame) => new FailingDetector(inner.WithFrame(frame));

        public void WriteModel(ModelWriter writer)
        {
            inner.WriteModel(writer);
            writer.Add("fails", new FailingMemory().Memory);
        }
    }

    /// <summary>Memory that fails when its cells are asked for, as memory over a lost mapping would.</summary>
    private sealed class FailingMemory : System.Buffers.MemoryManager<float>
    {
        public override Memory<float> Memory => CreateMemory(1000);

        public override Span<float> GetSpan() => throw new InvalidTimeZoneException();

        public override System.Buffers.MemoryHandle Pin(int elementIndex = 0) => throw new InvalidTimeZoneException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
