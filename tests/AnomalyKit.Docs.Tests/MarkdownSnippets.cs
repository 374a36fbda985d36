namespace AnomalyKit.Docs.Tests;

/// <summary>Takes the C# out of Markdown pages; README.md says what the comments before a fence mean.</summary>
internal static class MarkdownSnippets
{
    private const string Fence = "```";
    private const string GivenMark = "given:";

    private static readonly string[] Folders = ["docs", "src", "samples", "tests", "benchmarks"];

    /// <summary>The snippets of all pages in the repository.</summary>
    public static IReadOnlyList<Snippet> All { get; } =
    [
        .. Pages().Select(page => Path.GetRelativePath(RepositoryRoot.Path, page).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .SelectMany(page => Of(page, File.ReadAllText(Path.Combine(RepositoryRoot.Path, page)))),
    ];

    /// <summary>The snippets of a page.</summary>
    /// <exception cref="FormatException">A fence is not closed, or a comment before one is not understood.</exception>
    public static IEnumerable<Snippet> Of(string page, string markdown)
    {
        string[] lines = markdown.ReplaceLineEndings("\n").Split('\n');
        string before = "";
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
                continue;
            string language = lines[i][Fence.Length..].Trim();
            int end = Array.FindIndex(lines, i + 1, line => line.StartsWith(Fence, StringComparison.Ordinal));
            if (end < 0)
                throw new FormatException($"{page}:{i + 1}: this fence is not closed.");
            if (language == "csharp")
            {
                var marks = Marks.Read(i == 0 ? "" : CommentAbove(lines, i - 1), $"{page}:{i}");
                string code = string.Join('\n', lines[(i + 1)..end]) + "\n";
                string given = (marks.Continues ? before : "") + marks.Given;
                yield return new Snippet(page, i + 2, code, given, marks.Runs, marks.Runs ? PrintedAfter(lines, end + 1) : null);
                before = given + code;
            }
            else if (language is "cs" or "c#" or "C#" or "CSharp")
            {
                throw new FormatException($"{page}:{i + 1}: write 'csharp' for C#, so that it is compiled.");
            }

            i = end;
        }
    }

    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(RepositoryRoot.Path, "*.md").Concat(
        Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.md", SearchOption.AllDirectories))
            .Where(page => !page.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "BenchmarkDotNet.Artifacts")));

    /// <summary>The comment that ends in a line, or nothing.</summary>
    private static string CommentAbove(string[] lines, int last)
    {
        if (!lines[last].EndsWith("-->", StringComparison.Ordinal))
            return "";
        int first = Array.FindLastIndex(lines, last, line => line.StartsWith("<!--", StringComparison.Ordinal));
        return first < 0 ? "" : string.Join('\n', lines[first..(last + 1)])[4..^3].Trim();
    }

    /// <summary>The content of the next fence, if that is 'text'.</summary>
    private static string? PrintedAfter(string[] lines, int start)
    {
        int begin = Array.FindIndex(lines, start, line => line.StartsWith(Fence, StringComparison.Ordinal));
        if (begin < 0 || lines[begin] != Fence + "text")
            return null;
        int end = Array.IndexOf(lines, Fence, begin + 1);
        return string.Join('\n', lines[(begin + 1)..end]) + "\n";
    }

    private readonly record struct Marks(bool Continues, bool Runs, string Given)
    {
        public static Marks Read(string comment, string place)
        {
            string given = "";
            int code = comment.IndexOf(GivenMark, StringComparison.Ordinal);
            if (code >= 0)
            {
                given = comment[(code + GivenMark.Length)..].Trim() + "\n";
                comment = comment[..code];
            }

            string[] words = comment.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.FirstOrDefault(word => word is not ("continues" or "run")) is { } unknown)
                throw new FormatException($"{place}: '{unknown}' is not a mark of a snippet; they are 'run', 'continues' and 'given: code'.");
            return new Marks(words.Contains("continues"), words.Contains("run"), given);
        }
    }
}
