namespace AnomalyKit.Serving.Keys;

/// <summary>Finds the key of a hash. All keys are compared, whether or not one fits, and nothing is skipped: the time tells neither how much of a key was right nor which key it is like.</summary>
internal static class KeySearch
{
    /// <param name="keys">The keys.</param>
    /// <param name="hash">The hash of what was sent.</param>
    /// <param name="isKey">Whether what was sent can be a key; if not, <paramref name="hash"/> is compared all the same.</param>
    /// <returns>The key; null where none fits.</returns>
    public static ApiKey? Find<TComparison>(ReadOnlySpan<ApiKey> keys, ReadOnlySpan<byte> hash, bool isKey)
        where TComparison : struct, IHashComparison
    {
        ApiKey? found = null;
        foreach (var key in keys)
        {
            bool isEqual = TComparison.AreEqual(hash, key.Hash);
            found = isEqual & isKey ? key : found;
        }

        return found;
    }
}
