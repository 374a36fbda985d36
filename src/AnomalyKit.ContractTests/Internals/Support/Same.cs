using System.Runtime.InteropServices;

namespace AnomalyKit.ContractTests.Support;

/// <summary>Equality to the bit, with the first difference in the message.</summary>
internal static class Same
{
    public static void Bits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} scores instead of {expected.Length}.");
        var left = MemoryMarshal.Cast<float, int>(expected);
        var right = MemoryMarshal.Cast<float, int>(actual);
        int same = left.CommonPrefixLength(right);
        if (same < left.Length)
            Assert.Fail($"{what}: row {same} scores {actual[same]:R} instead of {expected[same]:R}.");
    }

    public static void Bytes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what)
    {
        int same = expected.CommonPrefixLength(actual);
        if (same < expected.Length || same < actual.Length)
            Assert.Fail($"{what}: {actual.Length} bytes that differ at byte {same} from {expected.Length} bytes.");
    }
}
