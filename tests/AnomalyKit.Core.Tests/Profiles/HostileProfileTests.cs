using System.Globalization;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;
using AnomalyKit.Profiles;

namespace AnomalyKit.Core.Tests.Profiles;

/// <summary>A profile in a file that lies is refused with its reason, or is one that answers.</summary>
public class HostileProfileTests
{
    private static readonly FeatureSchema Schema = new FeatureSchema(["a", "b", "c"]).WithMissing("b").WithCategories(new Dictionary<string, int> { ["c"] = 3 });

    public static TheoryData<string, string> Lies => new()
    {
        { "rows", "0" },
        { "rows", "-1" },
        { "rows", "18446744073709551615" },
        { "sample_size", "0" },
        { "columns", "2" },
        { "columns", "-1" },
        { "columns", "2147483647" },
        { "names", "[\"a\",\"b\"]" },
        { "names", "[\"a\",\"b\",\"b\"]" },
        { "names", "[\"a\",\"b\",\" \"]" },
        { "names", "[\"a\"" },
        { "levels", "[\"0\",\"1\"]" },
        { "levels", "[\"0\",\"0\",\"2\"]" },
        { "scores.held_out", "2" },
        { "alerts.fraction", "1.5" },
        { "alerts.fraction", "NaN" },
        { "alerts.threshold", "NaN" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_value_that_lies_is_refused(string name, string lie)
    {
        var parts = Parts();
        parts.Values[name] = lie;
        Assert.Contains("not a usable model file", Assert.Throws<ModelFormatException>(() => Read(parts)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_lies_it_is_the_same_profile() => Assert.Equal(Profile(), Read(Parts()));

    [Fact]
    public void Arrays_that_lie_are_refused_or_answer()
    {
        int refused = 0;
        int answered = 0;
        for (ulong seed = 0; seed < 1500; seed++)
        {
            var random = new CounterRandom(seed);
            var parts = Parts();
            string name = parts.Arrays.Keys.Order(StringComparer.Ordinal).ElementAt(random.NextInt32(parts.Arrays.Count));
            Spoil(parts.Arrays[name], ref random);
            if (random.NextInt32(4) == 0)
                parts.Arrays.Remove(name);
            ReferenceProfile profile;
            try
            {
                profile = Read(parts);
            }
            catch (ModelFormatException)
            {
                refused++;
                continue;
            }

            answered++;
            AssertAnswers(profile, $"{name}, seed {seed}");
        }

        Assert.True(refused > 200 && answered > 50, $"{refused} refused, {answered} answered.");
    }

    private static void AssertAnswers(ReferenceProfile profile, string name)
    {
        foreach (var column in profile.Columns)
        {
            Assert.InRange(column.MissingFraction, 0, 1);
            _ = column.SampledCount;
            Answers(column.Sketch, name);
        }

        Answers(profile.Scores, name);
        Assert.InRange(profile.RankError, 0, 1);
        Assert.Equal(profile, Read(new ProfileParts(profile)));
        _ = ReferenceProfile.Merge(profile, profile);
    }

    private static void Answers(QuantileSketch? sketch, string name)
    {
        if (sketch is null || sketch.Count == 0)
            return;
        foreach (double fraction in (double[])[0, 0.01, 0.5, 0.99, 1])
        {
            double value = sketch.Quantile(fraction);
            Assert.True(value >= sketch.Minimum && value <= sketch.Maximum, name);
            Assert.InRange(sketch.Rank(value), 0, 1);
        }

        Assert.Equal(sketch.Count, sketch.CumulativeCounts.Span[^1]);
        var more = sketch.Copy();
        for (int i = 0; i < 10; i++)
            more.Add(new double[3000]);
        Assert.Equal(sketch.Count + 30_000, more.CumulativeCounts.Span[^1]);
    }

    private static void Spoil(Array array, ref CounterRandom random)
    {
        for (int count = 1 + random.NextInt32(2); count > 0 && array.Length > 0; count--)
        {
            int at = random.NextInt32(array.Length);
            switch (array)
            {
                case float[] singles:
                    singles[at] = Pick([0f, -1e30f, 1e30f, float.MaxValue, 3, 3.5f, -1], ref random);
                    break;
                case double[] doubles:
                    doubles[at] = Pick([0.0, -1e300, 1e300, double.MaxValue, 1.5, -1, 0.5], ref random);
                    break;
                case int[] integers:
                    integers[at] = Pick([0, 1, integers[at] + 1, int.MaxValue, 1 << 20, 255], ref random);
                    break;
                case long[] longs:
                    longs[at] = Pick([0L, -1, 1, long.MaxValue, long.MinValue, 1L << 53, 64], ref random);
                    break;
                case byte[] bytes:
                    bytes[at] = (byte)random.NextInt32(5);
                    break;
            }
        }
    }

    private static T Pick<T>(T[] values, ref CounterRandom random) => values[random.NextInt32(values.Length)];

    private static ReferenceProfile Profile()
    {
        var random = new CounterRandom(4);
        var cells = new float[3 * 2000];
        for (int i = 0; i < cells.Length; i += 3)
        {
            cells[i] = (float)random.NextGaussian();
            cells[i + 1] = random.NextInt32(4) == 0 ? float.NaN : (float)random.NextGaussian();
            cells[i + 2] = random.NextInt32(3);
        }

        return ReferenceProfile.Of(FeatureMatrix.Wrap(cells, Schema)).WithScores([1, 2, 3], 2.5);
    }

    private static ProfileParts Parts() => new(Profile());

    private static ReferenceProfile Read(ProfileParts parts)
    {
        var contents = ModelContents.Read(new MemoryStream(parts.Compose()));
        var profile = ProfileFormat.Read(new ModelReader(contents).Scope("p"), Schema, Schema.ColumnCount);
        contents.ThrowIfUntaken();
        return profile;
    }

    /// <summary>What a profile writes, to be changed before it is written.</summary>
    private sealed class ProfileParts
    {
        private static readonly string[] ArrayNames =
        [
            "kinds", "missing", "distinct", "ranges", "levels.starts", "levels.counts", "levels.others", "sketches/levels", "sketches/kept", "sketches/single", "sketches/settings",
            "sketches/state", "sketches/singles", "sketches/doubles", "sample/cells", "sample/missing",
        ];

        private static readonly string[] ValueNames = ["rows", "sample_size", "columns", "names", "levels", "scores.held_out", "alerts.fraction", "alerts.threshold"];

        private readonly Dictionary<string, int[]> _shapes = [];

        public ProfileParts(ReferenceProfile profile)
        {
            var writer = new ModelWriter();
            ProfileFormat.Write(writer.Scope("p"), profile);
            var contents = ModelContents.Read(new MemoryStream(FittedProfileTests.Saved(writer.Save)));
            foreach (string name in ArrayNames)
            {
                if (!contents.HasTensor("p/" + name))
                    continue;
                var (values, shape) = contents.TakeTensor("p/" + name);
                Arrays[name] = values;
                _shapes[name] = Array.ConvertAll(shape, dimension => (int)dimension);
            }

            foreach (string name in ValueNames)
            {
                if (contents.TryTakeValue("p/" + name, out string? value))
                    Values[name] = value;
            }

            contents.TryTakeValue(ModelWriter.FormatKey, out _);
            contents.ThrowIfUntaken();
        }

        public Dictionary<string, string> Values { get; } = [];

        public Dictionary<string, Array> Arrays { get; } = [];

        public byte[] Compose()
        {
            var writer = new ModelWriter();
            var part = writer.Scope("p");
            foreach (var (name, value) in Values)
                part.Set(name, value.ToString(CultureInfo.InvariantCulture));
            foreach (var (name, values) in Arrays)
            {
                switch (values)
                {
                    case float[] singles:
                        part.Add<float>(name, singles, _shapes[name]);
                        break;
                    case double[] doubles:
                        part.Add<double>(name, doubles, _shapes[name]);
                        break;
                    case int[] integers:
                        part.Add<int>(name, integers, _shapes[name]);
                        break;
                    case long[] longs:
                        part.Add<long>(name, longs, _shapes[name]);
                        break;
                    case byte[] bytes:
                        part.Add<byte>(name, bytes, _shapes[name]);
                        break;
                }
            }

            return FittedProfileTests.Saved(writer.Save);
        }
    }
}
