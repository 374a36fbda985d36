using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tests.Support;

/// <summary>Compares scores to the bit.</summary>
internal static class Bits
{
    public static int[] Of(IEnumerable<float> values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    public static int[] Of(IDataView scored) => Of(scored.GetColumn<float>("Score"));
}
