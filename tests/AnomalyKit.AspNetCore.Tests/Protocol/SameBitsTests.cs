using System.Globalization;
using AnomalyKit.Tests.Hosting;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static AnomalyKit.AspNetCore.Tests.Protocol.TensorText;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>However values come, the scores are those of the library, to the bit.</summary>
public sealed class SameBitsTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ServingHost _host = fixture.Host;

    [Property(MaxTest = 40, Replay = "7,3")]
    public void Json_and_bytes_of_every_datatype_give_the_scores_of_the_library(PositiveInt size, int seed)
    {
        int rows = size.Get % 9;
        var random = new Random(seed);
        double[] wide = [.. Enumerable.Range(0, 4 * rows).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 7)))];
        Check("FP64", rows, wide, value => value);
        Check("FP32", rows, wide, value => (float)value);
        Check("FP16", rows, [.. wide.Select(value => value % 1000)], value => (Half)value);
        Check("INT8", rows, [.. wide.Select(value => Math.Round(value % 128))], value => (sbyte)value);
        Check("INT16", rows, [.. wide.Select(value => Math.Round(value % 30000))], value => (short)value);
        Check("INT32", rows, [.. wide.Select(value => Math.Round(value))], value => (int)value);
        Check("INT64", rows, [.. wide.Select(value => Math.Round(value))], value => (long)value);
        Check("UINT8", rows, [.. wide.Select(value => Math.Round(Math.Abs(value % 255)))], value => (byte)value);
        Check("UINT16", rows, [.. wide.Select(value => Math.Round(Math.Abs(value % 65000)))], value => (ushort)value);
        Check("UINT32", rows, [.. wide.Select(value => Math.Round(Math.Abs(value)))], value => (uint)value);
        Check("UINT64", rows, [.. wide.Select(value => Math.Round(Math.Abs(value)))], value => (ulong)value);
        Check("BOOL", rows, [.. wide.Select(value => value > 0 ? 1d : 0d)], value => (byte)value);
    }

    private void Check<T>(string type, int rows, double[] values, Func<double, T> narrow)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        T[] narrowed = [.. values.Select(narrow)];
        float[] expected = ProtocolFixture.Scores([.. narrowed.Select(double.CreateChecked)]);
        string shape = string.Create(CultureInfo.InvariantCulture, $"[{rows},4]");
        byte[] bytes = Bytes(narrowed);
        Assert.Equal(expected, _host.InferAsync("numbers", Request(BinaryInput("x", type, shape, bytes.Length)), bytes).Result.Scores);
        string json = "[" + string.Join(',', narrowed.Select(value => value.ToString(null, CultureInfo.InvariantCulture))) + "]";
        Assert.Equal(expected, _host.InferAsync("numbers", Request(Input("x", type, shape, json))).Result.Scores);
        // The text of the double, too, is rounded once to the datatype.
        Assert.Equal(expected, _host.InferAsync("numbers", Request(Input("x", type, shape, type.StartsWith("FP", StringComparison.Ordinal) ? NumberList(values) : json))).Result.Scores);
    }
}
