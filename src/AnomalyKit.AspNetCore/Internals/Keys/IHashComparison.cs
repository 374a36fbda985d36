namespace AnomalyKit.Serving.Keys;

/// <summary>How two hashes are compared; a type, so that a test can count what is compared.</summary>
internal interface IHashComparison
{
    static abstract bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);
}
