using System.Collections.Concurrent;
using System.Diagnostics;
using AnomalyKit.ContractTests.Hostile;
using AnomalyKit.ContractTests.Support;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.ContractTests;

/// <summary>
/// A spoiled model file is refused with <see cref="ModelFormatException"/>, or is a model that scores: no crash, no hang, nothing out of bounds, no
/// memory that the file does not vouch for (rules 6 and 7). ANOMALYKIT_LONG_TESTS=1 tries 50 times as many, and every lie.
/// </summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class HostileFileContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    private static readonly ConcurrentDictionary<string, Lazy<byte[][]>> Files = new();

    private const int MutantsPerMutation = 320;

    private const long MostBytes = 256 << 20;
    // Only tells a load that ends from one that hangs: the machine may have other work.
    private const int MostSeconds = 300;

    private static int Rounds => Mutator.IsLong ? 50 : 1;

    [Theory]
    [EveryDetector(Over.Mutations)]
    public void A_spoiled_file_is_refused_or_scores(string detector, string mutation)
    {
        var kind = Enum.Parse<Mutation>(mutation);
        byte[][] files = SmallFiles(detector);
        int loaded = 0;
        for (int i = 0; i < MutantsPerMutation * Rounds; i++)
        {
            string name = $"{mutation} {i} of file {i % files.Length} of {detector}";
            if (Survives(Mutator.Apply(kind, files[i % files.Length], (ulong)i), name))
                loaded++;
        }

        // Where the checksum is put right again, the validators behind it must let harmless changes through: otherwise nothing is tested there.
        if (kind is Mutation.ReplaceElementsAndSeal or Mutation.FlipArrayBitsAndSeal or Mutation.ReplaceText)
            Assert.True(loaded > 0, "No mutant was loaded.");
        // A model in which any finite number may stand anywhere is still one when its elements change places.
        if (kind is not Mutation.MoveElementsAndSeal)
            Assert.True(loaded < MutantsPerMutation * Rounds, "No mutant was refused.");
    }

    [Theory]
    [EveryDetector]
    public void A_file_cut_anywhere_is_refused(string detector)
    {
        byte[] file = SmallFiles(detector).MinBy(file => file.Length)!;
        for (int length = 0; length < file.Length; length += length < 4000 ? 1 : 97)
            Assert.False(Survives(file[..length], $"Cut to {length} bytes"), $"Cut to {length} bytes, it was loaded.");
        Assert.True(Survives(file, "Whole"));
        Assert.False(Survives([.. file, 0], "One byte more"));
    }

    [Theory]
    [EveryDetector]
    public void A_flipped_bit_in_the_arrays_is_always_noticed(string detector)
    {
        byte[] file = SmallFiles(detector).MinBy(file => file.Length)!;
        int begin = file.Length - new FileParts(file).Data.Length;
        for (int at = begin; at < file.Length; at += 1 + ((file.Length - begin) / 1000))
        {
            byte[] mutant = [.. file];
            mutant[at] ^= (byte)(1 << (at % 8));
            Assert.False(Survives(mutant, $"Byte {at}"), $"A flipped bit in byte {at} was not noticed.");
        }
    }

    [Theory]
    [EveryDetector]
    public void Every_value_may_lie(string detector)
    {
        var told = new HashSet<(string, string)>();
        foreach (byte[] file in SmallFiles(detector))
        {
            foreach (var (name, value) in new FileParts(file).Values)
            {
                // What another of the files says in the same place in the same words need not be questioned twice.
                if (!told.Add((name, (string)value!)))
                    continue;
                foreach (string lie in Mutator.LiesAbout(told.Count))
                {
                    var parts = new FileParts(file);
                    string right = (string)parts.Values[name]!;
                    parts.Values[name] = lie;
                    Survives(FileParts.Compose(parts.Header.ToJsonString(), parts.Data), $"{name} = '{lie}'");

                    // The same lie wherever the same was said.
                    string[] others = [.. parts.Values.Where(value => (string)value.Value! == right).Select(value => value.Key)];
                    if (others.Length == 0)
                        continue;
                    foreach (string other in others)
                        parts.Values[other] = lie;
                    Survives(FileParts.Compose(parts.Header.ToJsonString(), parts.Data), $"{name} and all that equals it = '{lie}'");
                }
            }
        }
    }

    [Theory]
    [EveryDetector]
    public void A_newer_format_is_refused_with_the_remedy(string detector)
    {
        var parts = new FileParts(SmallFiles(detector)[0]);
        parts.Values["anomalykit.format"] = "2";
        var exception = Assert.Throws<ModelFormatException>(() => Loaded(parts.Seal(parts.Data)));
        Assert.Contains("format 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Update AnomalyKit", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [EveryDetector]
    public void What_the_library_does_not_know_is_refused_by_name(string detector)
    {
        var parts = new FileParts(SmallFiles(detector)[0]);
        parts.Values["model/novelty"] = "1";
        var exception = Assert.Throws<ModelFormatException>(() => Loaded(parts.Seal(parts.Data)));
        Assert.Contains("'model/novelty'", exception.Message, StringComparison.Ordinal);
    }

    private static byte[][] SmallFiles(string detector) =>
        Files.GetOrAdd(detector, _ => new Lazy<byte[][]>(() => MakeSmallFiles(detector))).Value;

    private static byte[][] MakeSmallFiles(string detector)
    {
        var registration = Registered(detector);
        var shape = DataShape.Normal(Math.Max(12, registration.MinRows), 3);
        var named = shape.Training();
        float[] cells = shape.Cells(shape.Rows, stream: 0);
        var offset = FeatureMatrix.Wrap(cells, new FeatureSchema(["a", "b", "c"], [1e9, 0, -1]));
        var narrow = FeatureMatrix.Wrap(cells, 1);
        var trainer = registration.NewTrainer(1, FeatureScaling.None, ThresholdRule.Contamination(0.05));
        bool isMixed = trainer.AcceptsMissing && trainer.AcceptsCategories;
        return
        [
            .. isMixed ? (byte[][])[Saved(registration.Fit(MixedColumns.Of(shape.Rows)))] : [],
            Saved(registration.Fit(FeatureMatrix.Wrap(cells, 3))),
            Saved(Calibrated(registration.Fit(named, FeatureScaling.Robust), named, ScoreCalibration.Gamma())),
            Saved(Calibrated(registration.Fit(offset, FeatureScaling.Standard), offset, ScoreCalibration.Rank())),
            Saved(Calibrated(registration.Fit(narrow, FeatureScaling.MinMax), narrow, ScoreCalibration.Conformal())),
        ];
    }

    private static IAnomalyDetector Calibrated(IAnomalyDetector detector, FeatureMatrix data, ScoreCalibration calibration) =>
        detector.WithCalibration(calibration, detector.Score(data));

    /// <summary>Whether the mutant is loaded; fails if it does anything but to be refused or to score.</summary>
    private static bool Survives(byte[] mutant, string name)
    {
        var clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        IAnomalyDetector? detector = null;
        try
        {
            detector = Loaded(mutant);
        }
        catch (ModelFormatException exception)
        {
            Assert.False(string.IsNullOrWhiteSpace(exception.Message));
        }
        catch (Exception exception)
        {
            Assert.Fail($"{name}: {exception}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MostBytes, $"{name}: loading {mutant.Length} bytes allocated {allocated} bytes.");
        if (detector is not null)
            AssertScores(detector, name);
        Assert.True(clock.Elapsed.TotalSeconds < MostSeconds, $"{name}: it took {clock.Elapsed.TotalSeconds} s.");
        return detector is not null;
    }

    private static void AssertScores(IAnomalyDetector detector, string name)
    {
        // Nine rows: one more than the widest kernel takes at once.
        const int Rows = 9;
        int columns = detector.Schema.ColumnCount;
        var random = new CounterRandom(3);
        var rows = new float[Rows * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (i / columns) switch { 0 => 0, 1 => float.MaxValue, 2 => float.MinValue, _ => (float)random.NextGaussian() };
            int levels = detector.Schema.LevelCounts[i % columns];
            if (levels > 0)
                rows[i] = random.NextInt32(levels + 1);
            if (detector.Schema.MissingAllowed[i % columns] && i / columns > 5)
                rows[i] = float.NaN;
        }

        var scores = new float[Rows];
        // As cells: an offset that lies moves every value, but no cell.
        detector.ScoreRows(EncodedRows.Check(rows, detector.Schema), scores);
        foreach (float score in scores)
        {
            Assert.True(
                float.IsFinite(score) && score >= detector.Info.MinScore && score <= detector.Info.MaxScore,
                $"{name}: it was loaded and scores {score}.");
            Assert.False(double.IsNaN(detector.Calibrator?.Calibrate(score) ?? 0), $"{name}: it was loaded and its calibration of {score} is NaN.");
        }

        Assert.False(double.IsNaN(detector.Threshold), name);
        for (int row = 0; row < Rows; row++)
        {
            var single = new float[1];
            detector.ScoreRows(EncodedRows.Check(rows, detector.Schema).Slice(row, 1), single);
            Assert.Equal(scores[row], single[0]);
        }

        var again = new float[Rows];
        Loaded(Saved(detector)).ScoreRows(EncodedRows.Check(rows, detector.Schema), again);
        Assert.Equal(scores, again);
    }
}
