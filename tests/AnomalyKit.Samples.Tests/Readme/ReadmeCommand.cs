namespace AnomalyKit.Samples.Tests.Readme;

/// <summary>A command line of a README.</summary>
/// <param name="Line">The line.</param>
/// <param name="Language">What the block after it holds: <c>text</c> or <c>json</c>; empty where no such block follows.</param>
/// <param name="Prints">What it prints, by that block.</param>
internal sealed record ReadmeCommand(string Line, string Language, IReadOnlyList<string> Prints)
{
    private const string Fence = "```";

    /// <summary>The commands of a sample's README: the lines of blocks marked <c>sh</c>. A block marked <c>text</c> or <c>json</c> right behind one says what its last command prints. Blocks of code are nothing to run.</summary>
    public static IReadOnlyList<ReadmeCommand> Of(string sample)
    {
        var commands = new List<ReadmeCommand>();
        bool isBehindCommands = false;
        string[] lines = File.ReadAllLines(Path.Combine(SampleRepository.Folder(sample), "README.md"));
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
                continue;
            string language = lines[i][Fence.Length..];
            int end = Array.IndexOf(lines, Fence, i + 1);
            string[] block = lines[(i + 1)..end];
            if (language == "sh")
                commands.AddRange(block.Select(line => new ReadmeCommand(line, "", [])));
            else if (language is "text" or "json" && isBehindCommands)
                commands[^1] = commands[^1] with { Language = language, Prints = block };
            else if (language is not ("xml" or "csharp"))
                throw new FormatException($"The README of {sample} has a block of '{language}' in line {i + 1}: commands are 'sh', what they print is 'text' or 'json' right behind them.");
            isBehindCommands = language == "sh";
            i = end;
        }

        return commands;
    }
}
