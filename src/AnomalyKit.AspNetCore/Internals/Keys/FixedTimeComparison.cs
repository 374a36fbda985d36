using System.Security.Cryptography;

namespace AnomalyKit.Serving.Keys;

/// <summary>Takes as long wherever two hashes differ.</summary>
internal readonly struct FixedTimeComparison : IHashComparison
{
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => CryptographicOperations.FixedTimeEquals(left, right);
}
