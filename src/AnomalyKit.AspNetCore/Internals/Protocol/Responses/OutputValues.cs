using System.Runtime.InteropServices;

namespace AnomalyKit.Serving.Protocol;

/// <summary>The elements of outputs.</summary>
internal static class OutputValues
{
    /// <summary>How many elements an output has.</summary>
    public static int Count(InferResult result, RequestedOutput output) => output.Name == OutputName.Contributions ? result.Contributions!.Values.Length : result.RowCount;

    /// <summary>How many bytes its elements take.</summary>
    public static int Size(InferResult result, RequestedOutput output) => checked(Count(result, output) * output.Name.Type().Size());

    /// <summary>Writes the elements little-endian and without gaps.</summary>
    /// <param name="result">The scores.</param>
    /// <param name="output">Which output.</param>
    /// <param name="bytes">Room for exactly <see cref="Size"/> bytes.</param>
    public static void CopyTo(InferResult result, RequestedOutput output, Span<byte> bytes)
    {
        switch (output.Name)
        {
            case OutputName.Score:
                MemoryMarshal.AsBytes(result.Scores).CopyTo(bytes);
                break;
            case OutputName.Label:
                for (int row = 0; row < result.RowCount; row++)
                    bytes[row] = result.Model.IsAnomaly(result.Scores[row]) ? (byte)1 : (byte)0;
                break;
            case OutputName.PValue:
                var values = MemoryMarshal.Cast<byte, double>(bytes);
                for (int row = 0; row < values.Length; row++)
                    values[row] = result.Model.PValue(result.Scores[row]);
                break;
            default:
                MemoryMarshal.AsBytes(result.Contributions!.Values.AsSpan()).CopyTo(bytes);
                break;
        }
    }
}
