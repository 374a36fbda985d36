namespace AnomalyKit.Benchmarks.Infrastructure;

/// <summary>Checks in [GlobalSetup] that what is about to be timed gives the right result: a wrong answer must not get a time.</summary>
internal static class Verify
{
    public static void That(bool condition, string expectation)
    {
        if (!condition)
            throw new InvalidOperationException($"Not timed, because it is wrong: expected that {expectation}.");
    }

    /// <summary>Equal to the last bit.</summary>
    public static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        That(expected.Length == actual.Length, $"{what} gives {expected.Length} scores (it gives {actual.Length})");
        for (int i = 0; i < expected.Length; i++)
        {
            That(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]),
                $"{what} gives {expected[i]:R} for row {i} (it gives {actual[i]:R})");
        }
    }
}
