namespace AnomalyKit.Architecture.Tests;

/// <summary>Small files, one concept each: a file of more than 400 lines says in its first comment why it is one file.</summary>
public sealed class FileLengthTests
{
    internal const string Rule = "file length";
    private const int MaxLines = 400;

    public static TheoryData<string> Folders => ["src", "samples", "benchmarks", "tests"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Long_files_say_why(string folder)
    {
        var found =
            from path in House.Sources(folder)
            let lines = File.ReadAllLines(Path.Combine(House.Root, path))
            where lines.Length > MaxLines && !SaysWhy(lines)
            select (path, $"{lines.Length} lines, more than {MaxLines}. Split it by concept, or start it with a comment '// Long because …'.");
        KnownViolations.AssertOnly(Rule, found, what => what.StartsWith(folder + "/", StringComparison.Ordinal));
    }

    private static bool SaysWhy(string[] lines)
    {
        var comment = lines.SkipWhile(string.IsNullOrWhiteSpace).TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal));
        string text = string.Join(' ', comment);
        return new[] { "one file", "lines", "long" }.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
