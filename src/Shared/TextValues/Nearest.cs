namespace AnomalyKit.TextValues;

/// <summary>Finds the name that somebody may have meant.</summary>
internal static class Nearest
{
    private const int MaxLength = 64;

    /// <summary>What a sentence ends with: a question where a name is close, or a full stop.</summary>
    /// <returns>For example <c>; did you mean 'knee'?</c>.</returns>
    public static string Hint(string text, IEnumerable<string> names) => To(text, names) is { } name ? $"; did you mean '{name}'?" : ".";

    /// <summary>The name that the fewest changed letters lead to, if those are at most a third of it; of several the first.</summary>
    public static string? To(string text, IEnumerable<string> names)
    {
        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string name in text.Length <= MaxLength ? names : [])
        {
            int changes = Changes(text.ToUpperInvariant(), name.ToUpperInvariant());
            if (changes < fewest && changes <= Math.Max(1, Math.Max(name.Length, text.Length) / 3))
                (nearest, fewest) = (name, changes);
        }

        return nearest;
    }

    /// <summary>Letters put in, left out or replaced (V. I. Levenshtein, 1966); two that changed places count once.</summary>
    private static int Changes(string from, string to)
    {
        var steps = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    steps[i, j] = i + j;
                    continue;
                }

                int replaced = steps[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                steps[i, j] = Math.Min(replaced, Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
            }
        }

        return steps[from.Length, to.Length];
    }
}
