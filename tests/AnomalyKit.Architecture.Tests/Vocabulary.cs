using System.Text.RegularExpressions;

namespace AnomalyKit.Architecture.Tests;

/// <summary>The words that public names avoid, read from the tables of docs/vocabulary.md that begin with the columns Not and But.</summary>
internal static partial class Vocabulary
{
    public static IReadOnlyList<BannedWord> Banned { get; } = [.. Read(File.ReadLines(Path.Combine(House.Root, "docs", "vocabulary.md")))];

    /// <summary>The words of a name in Pascal or camel case, in lower case: <c>RocAuc</c> is roc and auc, <c>MaxIterations</c> max and iterations.</summary>
    public static string[] Words(string name) => [.. Word().Matches(name).Select(match => match.Value.ToLowerInvariant())];

    internal static IEnumerable<BannedWord> Read(IEnumerable<string> lines)
    {
        bool inTable = false;
        foreach (string line in lines)
        {
            string[] cells = [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
            if (!line.StartsWith('|'))
                inTable = false;
            else if (cells is ["Not", "But", ..])
                inTable = true;
            else if (inTable && !line.StartsWith("| ---", StringComparison.Ordinal))
            {
                if (cells.Length != 4)
                    throw new FormatException($"docs/vocabulary.md: '{line}' has not the four cells Not, But, Why and Except.");
                string[] exceptions = [.. Code().Matches(cells[3]).Select(match => match.Groups[1].Value)];
                foreach (Match pattern in Code().Matches(cells[0]))
                    yield return new BannedWord(pattern.Groups[1].Value, cells[1], exceptions);
            }
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")]
    private static partial Regex Word();
}
