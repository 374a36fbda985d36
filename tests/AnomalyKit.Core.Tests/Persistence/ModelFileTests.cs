using System.Text;
using AnomalyKit.Persistence;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Persistence;

public class ModelFileTests
{
    [Fact]
    public void A_file_is_laid_out_as_documented()
    {
        var writer = new ModelWriter();
        writer.Set("text", "grün");
        writer.Scope("part").Set("number", 0.1);
        writer.Add("b", new ReadOnlyMemory<int>([1, -2]));
        writer.Scope("part").Add("a", new ReadOnlyMemory<float>([1.5f, 2, 3, 4, 5, 6]), 2, 3);
        byte[] file = Saved(writer);

        int length = (int)BitConverter.ToInt64(file);
        Assert.Equal(0, length % 8);
        string header = Encoding.UTF8.GetString(file, 8, length);
        Assert.StartsWith("{\"__metadata__\":{\"anomalykit.format\":\"1\",\"part/number\":\"0.1\",\"text\":\"gr\\u00FCn\",\"anomalykit.sha256\":\"", header, StringComparison.Ordinal);
        Assert.Contains("\"b\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]}", header, StringComparison.Ordinal);
        Assert.Contains("\"part/a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[8,32]}", header, StringComparison.Ordinal);
        Assert.Equal(8 + length + 32, file.Length);
        Assert.Equal(-2, BitConverter.ToInt32(file, 8 + length + 4));
        Assert.Equal(1.5f, BitConverter.ToSingle(file, 8 + length + 8));
    }

    [Property(MaxTest = 100)]
    public bool Arrays_and_values_come_back_to_the_bit(float[] singles, double[] doubles, int[] integers, long[] longs, byte[] bytes, double number, long whole)
    {
        singles = [.. (singles ?? []).Where(float.IsFinite), -0f, float.Epsilon];
        doubles = [.. (doubles ?? []).Where(double.IsFinite), -0.0, double.Epsilon];
        number = double.IsNaN(number) ? 1 : number;
        var writer = new ModelWriter();
        writer.Add("singles", singles.AsMemory());
        writer.Add("doubles", doubles.AsMemory());
        writer.Add("integers", (integers ?? []).AsMemory());
        writer.Add("longs", (longs ?? []).AsMemory());
        writer.Add("bytes", (bytes ?? []).AsMemory());
        writer.Set("number", number);
        writer.Set("whole", whole);
        var contents = ModelContents.Read(new MemoryStream(Saved(writer)));
        var reader = new ModelReader(contents);
        bool same = reader.GetSingles("singles", singles.Length).AsSpan().SequenceEqual(singles)
            && reader.GetDoubles("doubles", -1).AsSpan().SequenceEqual(doubles)
            && reader.GetInt32s("integers", int.MinValue, int.MaxValue, -1).AsSpan().SequenceEqual(integers ?? [])
            && reader.GetInt64s("longs", -1).AsSpan().SequenceEqual(longs ?? [])
            && reader.GetBytes("bytes", -1).AsSpan().SequenceEqual(bytes ?? [])
            && BitConverter.DoubleToInt64Bits(reader.GetDouble("number")) == BitConverter.DoubleToInt64Bits(number)
            && reader.GetString("whole") == FormattableString.Invariant($"{whole}");
        contents.ThrowIfUntaken();
        return same;
    }

    [Fact]
    public void Arrays_of_another_type_shape_or_range_are_refused_by_name()
    {
        var writer = new ModelWriter();
        writer.Add("a", new ReadOnlyMemory<float>([1, 2, 3, 4, 5, 6]), 2, 3);
        writer.Add("n", new ReadOnlyMemory<float>([1, float.NaN]));
        writer.Add("d", new ReadOnlyMemory<double>([double.PositiveInfinity]));
        writer.Add("i", new ReadOnlyMemory<int>([5, 10]));
        byte[] file = Saved(writer);
        AssertBad("'a'", "Double", reader => reader.GetDoubles("a", 2, 3));
        AssertBad("'a'", "2 × 3", reader => reader.GetSingles("a", 6));
        AssertBad("'a'", "3 × 2", reader => reader.GetSingles("a", 3, 2));
        AssertBad("'n'", "element 1", reader => reader.GetSingles("n", -1));
        AssertBad("'d'", "element 0", reader => reader.GetDoubles("d", 1));
        AssertBad("'i'", "element 1", reader => reader.GetInt32s("i", 0, 9, 2));
        AssertBad("'i'", "element 0", reader => reader.GetInt32s("i", 6, 19, 2));
        AssertBad("'x'", "missing", reader => reader.GetSingles("x", -1));

        void AssertBad(string name, string what, Action<ModelReader> read)
        {
            var exception = Assert.Throws<ModelFormatException>(() => read(new ModelReader(ModelContents.Read(new MemoryStream(file)))));
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);
            Assert.Contains(what, exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1e3", false, true)]
    [InlineData("7", true, true)]
    [InlineData("-7", false, true)]
    [InlineData("11", false, true)]
    [InlineData("", false, false)]
    [InlineData("7x", false, false)]
    [InlineData("NaN", false, false)]
    [InlineData("Infinity", false, true)]
    [InlineData("99999999999999999999", false, true)]
    public void Values_that_are_no_numbers_in_range_are_refused_by_name(string text, bool isInteger, bool isNumber)
    {
        var writer = new ModelWriter();
        writer.Scope("part").Set("v", text);
        var reader = new ModelReader(ModelContents.Read(new MemoryStream(Saved(writer)))).Scope("part");
        Check(isInteger, () => reader.GetInt32("v", 0, 10));
        Check(isNumber, () => reader.GetDouble("v"));

        void Check(bool good, Func<object> read)
        {
            if (good)
                read();
            else
                Assert.Contains("'part/v'", Assert.Throws<ModelFormatException>(read).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Unsigned_numbers_have_64_bits_and_no_sign()
    {
        var writer = new ModelWriter();
        writer.Set("most", "18446744073709551615");
        writer.Set("more", "18446744073709551616");
        writer.Set("less", "-1");
        var reader = new ModelReader(ModelContents.Read(new MemoryStream(Saved(writer))));
        Assert.Equal(ulong.MaxValue, reader.GetUInt64("most"));
        Assert.Throws<ModelFormatException>(() => reader.GetUInt64("more"));
        Assert.Throws<ModelFormatException>(() => reader.GetUInt64("less"));
    }

    [Fact]
    public void Names_that_occur_twice_are_refused_when_written()
    {
        var writer = new ModelWriter();
        writer.Set("a", "1");
        Assert.Throws<ArgumentException>(() => writer.Set("a", "2"));
        writer.Add("x", new ReadOnlyMemory<int>([1]));
        Assert.Throws<ArgumentException>(() => writer.Add("x", new ReadOnlyMemory<int>([1])));
        Assert.Throws<ArgumentException>(() => writer.Add("y", new ReadOnlyMemory<int>([1]), 2));
        Assert.Throws<ArgumentException>(() => writer.Add("z", new ReadOnlyMemory<short>([1])));
    }

    [Fact]
    public void A_link_stays_a_link_and_a_private_file_private()
    {
        if (OperatingSystem.IsWindows())
            return;
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string file = Path.Combine(folder, "model.akm");
            string link = Path.Combine(folder, "link.akm");
            File.WriteAllText(file, "old");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.CreateSymbolicLink(link, file);
            new ModelWriter().Save(link);
            Assert.Equal(file, new FileInfo(link).LinkTarget);
            Assert.NotEqual("old", File.ReadAllText(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(2, Directory.GetFileSystemEntries(folder).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var error = Assert.Throws<DirectoryNotFoundException>(() => new ModelWriter().Save(Path.Combine(folder, "model.akm")));
        Assert.Contains($"'{folder}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_asked_for_is_refused()
    {
        var writer = new ModelWriter();
        writer.Set("used", "1");
        writer.Set("unused", "1");
        var contents = ModelContents.Read(new MemoryStream(Saved(writer)));
        new ModelReader(contents).GetString("used");
        Assert.Contains("'unused'", Assert.Throws<ModelFormatException>(contents.ThrowIfUntaken).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_unnamed_columns_than_loading_would_take_are_not_saved()
    {
        var schema = FeatureSchema.Unnamed((1 << 20) + 1);
        var frame = new DetectorFrame(schema, FeatureScaling.None.Fit(FeatureMatrix.Wrap(new float[schema.ColumnCount], schema), new FitContext()), 0, "test");
        var exception = Assert.Throws<InvalidOperationException>(() => FrameFormat.Write(new ModelWriter(), "test", frame));
        Assert.Contains("1048577", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Saved(ModelWriter writer)
    {
        using var stream = new MemoryStream();
        writer.Save(stream);
        return stream.ToArray();
    }
}
