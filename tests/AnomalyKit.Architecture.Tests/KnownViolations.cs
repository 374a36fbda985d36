namespace AnomalyKit.Architecture.Tests;

/// <summary>
/// Violations that are known and on their way out, one per line of <c>KnownViolations.txt</c>: <c>rule | what | why it still stands</c>. A violation that is
/// not listed fails its rule, and so does a line that is not violated any more: the list only shrinks.
/// </summary>
internal static class KnownViolations
{
    private static readonly (string Rule, string What)[] Listed = [.. Read()];

    /// <summary>Fails unless the violations found are exactly those that are listed for the rule.</summary>
    /// <param name="rule">The rule's name in the list.</param>
    /// <param name="found">What violates it, with the message that explains it.</param>
    /// <param name="covers">Which entries this check can find; all of the rule's where it is null.</param>
    public static void AssertOnly(string rule, IEnumerable<(string What, string Message)> found, Func<string, bool>? covers = null)
    {
        string[] known = [.. Listed.Where(entry => entry.Rule == rule && (covers?.Invoke(entry.What) ?? true)).Select(entry => entry.What)];
        var all = found.ToList();
        string[] problems =
        [
            .. all.Where(violation => !known.Contains(violation.What)).Select(violation => $"{violation.What}: {violation.Message}"),
            .. known.Except(all.Select(violation => violation.What)).Select(what => $"{what}: mended; remove its line '{rule} | {what}' from KnownViolations.txt."),
        ];
        Assert.True(problems.Length == 0, $"{problems.Length} problems with the rule '{rule}':\n{string.Join('\n', problems)}");
    }

    internal static IEnumerable<string> Rules() => Listed.Select(entry => entry.Rule).Distinct();

    private static IEnumerable<(string Rule, string What)> Read()
    {
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "KnownViolations.txt")))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] parts = line.Split('|', StringSplitOptions.TrimEntries);
            if (parts.Length != 3 || parts.Any(string.IsNullOrEmpty))
                throw new FormatException($"KnownViolations.txt: '{line}' is not 'rule | what | why it still stands'.");
            yield return (parts[0], parts[1]);
        }
    }
}
