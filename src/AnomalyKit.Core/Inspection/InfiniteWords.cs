namespace AnomalyKit;

/// <summary>Words by which programs write infinite numbers.</summary>
internal static class InfiniteWords
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity", "∞", "-∞", "+∞", "1.#INF", "-1.#INF",
    };

    public static bool Contains(string word) => Words.Contains(word);
}
