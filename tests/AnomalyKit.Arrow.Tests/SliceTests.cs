using AnomalyKit.Tests.Tables;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AnomalyKit.Arrow.Tests;

/// <summary>Slices of slices (apache/arrow #40792, #41199, #43267): offsets add up, for cells and for bitmaps alike.</summary>
public sealed class SliceTests
{
    public static TheoryData<string> Kinds => [.. Names];

    internal static string[] Names { get; } = ["int32", "int64", "float", "double", "string", "large", "view", "bool", "decimal128", "decimal256", "dictionary", "timestamp", "uint64"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_slice_of_a_slice_has_its_own_cells(string kind)
    {
        using var batch = Batch(Array(kind));
        string?[] expected = [.. Enumerable.Range(0, 40).Select(i => i % 9 == 4 ? null : Expected(kind, i))];
        Assert.Equal(expected, RandomTables.Texts(ArrowTables.ToTable(batch)["x"]));
        // 3 to 8, and of these the second to the fourth; then starts on both sides of a byte's edge.
        foreach (var (first, count, second, rest) in (ReadOnlySpan<(int, int, int, int)>)[(3, 5, 1, 3), (7, 30, 1, 20), (8, 30, 5, 9), (13, 27, 0, 27), (39, 1, 0, 1), (40, 0, 0, 0)])
        {
            var slice = batch.Slice(first, count).Slice(second, rest);
            var table = ArrowTables.ToTable(slice);
            Assert.Equal(expected[(first + second)..(first + second + rest)], RandomTables.Texts(table["x"]));
            using var reader = ArrowTableReader.From(batch.Schema, [slice, slice]);
            Assert.Equal(2 * rest, reader.ReadAll().RowCount);
        }
    }

    [Fact]
    public void Whole_columns_are_not_copied()
    {
        var floats = new float[] { 1, 2, 3 };
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(floats.AsSpan()).ToArray();
        var array = new FloatArray(new ArrayData(FloatType.Default, 3, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(bytes)]));
        using var batch = Batch(array);
        var column = (SingleColumn)ArrowTables.ToTable(batch)["x"];
        Assert.Equal(2, column.Value(1));
        BitConverter.TryWriteBytes(bytes.AsSpan(4), 7f);
        Assert.Equal(7, column.Value(1));
    }

    internal static RecordBatch Batch(IArrowArray array) => new(new Schema([new Field("x", array.Data.DataType, true)], null), [array], array.Length);

    internal static IArrowArray Array(string kind)
    {
        int[] all = [.. Enumerable.Range(0, 40)];
        return kind switch
        {
            "int32" => Fill(new Int32Array.Builder(), all, (b, i) => b.Append(i), b => b.AppendNull()).Build(),
            "int64" => Fill(new Int64Array.Builder(), all, (b, i) => b.Append(i), b => b.AppendNull()).Build(),
            "uint64" => Fill(new UInt64Array.Builder(), all, (b, i) => b.Append((ulong)i), b => b.AppendNull()).Build(),
            "float" => Fill(new FloatArray.Builder(), all, (b, i) => b.Append(i), b => b.AppendNull()).Build(),
            "double" => Fill(new DoubleArray.Builder(), all, (b, i) => b.Append(i), b => b.AppendNull()).Build(),
            "string" => Fill(new StringArray.Builder(), all, (b, i) => b.Append($"w{i}"), b => b.AppendNull()).Build(),
            "large" => Fill(new LargeStringArray.Builder(), all, (b, i) => b.Append($"w{i}"), b => b.AppendNull()).Build(),
            "view" => Fill(new StringViewArray.Builder(), all, (b, i) => b.Append($"a long word that does not fit the view {i}"), b => b.AppendNull()).Build(),
            "bool" => Fill(new BooleanArray.Builder(), all, (b, i) => b.Append(i % 3 == 0), b => b.AppendNull()).Build(),
            "decimal128" => Fill(new Decimal128Array.Builder(new Decimal128Type(30, 2)), all, (b, i) => b.Append(i * -1.25m), b => b.AppendNull()).Build(),
            "decimal256" => Fill(new Decimal256Array.Builder(new Decimal256Type(60, 2)), all, (b, i) => b.Append(i * -1.25m), b => b.AppendNull()).Build(),
            "timestamp" => Fill(
                new TimestampArray.Builder(new TimestampType(TimeUnit.Second, "Europe/Warsaw")), all, (b, i) => b.Append(DateTimeOffset.UnixEpoch.AddSeconds(i)), b => b.AppendNull()).Build(),
            _ => new DictionaryArray(
                new DictionaryType(Int8Type.Default, StringType.Default, false),
                Fill(new Int8Array.Builder(), all, (b, i) => b.Append((sbyte)(i % 3)), b => b.AppendNull()).Build(),
                new StringArray.Builder().Append("red").Append("green").Append("blue").Build()),
        };
    }

    private static string Expected(string kind, int i) => kind switch
    {
        "string" or "large" => $"w{i}",
        "view" => $"a long word that does not fit the view {i}",
        "bool" => i % 3 == 0 ? "true" : "false",
        "decimal128" or "decimal256" => (i * -1.25).ToString(System.Globalization.CultureInfo.InvariantCulture).Replace("-0", i == 0 ? "0" : "-0", StringComparison.Ordinal),
        "dictionary" => ((string[])["red", "green", "blue"])[i % 3],
        "timestamp" => $"1970-01-01T00:00:{i:00}Z",
        _ => i.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static T Fill<T>(T builder, int[] all, Action<T, int> append, Action<T> missing)
    {
        foreach (int i in all)
        {
            if (i % 9 == 4)
                missing(builder);
            else
                append(builder, i);
        }

        return builder;
    }
}
