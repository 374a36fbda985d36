using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>Tensors as JSON and as bytes.</summary>
internal static class TensorText
{
    /// <summary>An input with its elements in the JSON.</summary>
    public static string Input(string name, string type, string shape, string data) => $$"""{"name":"{{name}}","shape":{{shape}},"datatype":"{{type}}","data":{{data}}}""";

    /// <summary>An input whose elements follow as bytes.</summary>
    public static string BinaryInput(string name, string type, string shape, long size) =>
        $$$"""{"name":"{{{name}}}","shape":{{{shape}}},"datatype":"{{{type}}}","parameters":{"binary_data_size":{{{size}}}}}""";

    public static string Request(params string[] inputs) => $$"""{"inputs":[{{string.Join(',', inputs)}}]}""";

    /// <summary>A request of one tensor of doubles.</summary>
    public static string Matrix(double[] values, int columns, string rest = "") =>
        $$"""{"inputs":[{{Input("values", "FP64", $"[{values.Length / columns},{columns}]", NumberList(values))}}]{{rest}}}""";

    public static string NumberList(IEnumerable<double> values) =>
        "[" + string.Join(',', values.Select(value => double.IsNaN(value) ? "null" : value.ToString("R", CultureInfo.InvariantCulture))) + "]";

    public static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    /// <summary>Texts, each behind its length.</summary>
    public static byte[] Words(params string[] words) => [.. words.SelectMany(word => (byte[])[.. Bytes(Encoding.UTF8.GetByteCount(word)), .. Encoding.UTF8.GetBytes(word)])];
}
