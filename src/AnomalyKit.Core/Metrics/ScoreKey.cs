namespace AnomalyKit;

/// <summary>Maps scores to unsigned keys whose ascending order is the scores' descending order, and back.</summary>
internal static class ScoreKey
{
    private const uint SignBit = 0x8000_0000;

    /// <summary>The key of a score that is not NaN: the higher the score, the smaller the key; −0 and +0 share one.</summary>
    internal static uint FromScore(float score)
    {
        uint bits = score == 0 ? 0 : BitConverter.SingleToUInt32Bits(score);

        // Positive floats order like their bits, negative ones backwards: flip the sign bit of the former, every bit of the latter.
        uint ascending = (bits & SignBit) != 0 ? ~bits : bits | SignBit;
        return ~ascending;
    }

    /// <summary>The score of a key; +0 for both zeros.</summary>
    internal static float ToScore(uint key)
    {
        uint ascending = ~key;
        return BitConverter.UInt32BitsToSingle((ascending & SignBit) != 0 ? ascending ^ SignBit : ~ascending);
    }
}
