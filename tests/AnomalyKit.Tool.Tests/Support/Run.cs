using System.Text;
using System.Text.Json;
using AnomalyKit.Tool.Commands;
using AnomalyKit.Tool.Output;

namespace AnomalyKit.Tool.Tests.Support;

/// <summary>One command line, run in this process as in a pipe.</summary>
internal sealed record Run(int ExitCode, string Output, string Errors)
{
    public static Run Of(params string[] args) => Typing(string.Empty, args);

    /// <summary>The same with what a person types.</summary>
    public static Run Typing(string lines, params string[] args)
    {
        using var output = new MemoryStream();
        var errors = new StringWriter();
        int code = CommandLine.Run(args, output, errors, new ConsoleKind(OutputIsTerminal: false, ErrorIsTerminal: false), input: new StringReader(lines));
        return new Run(code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The rows of a CSV output, split at commas.</summary>
    public string[][] Rows => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];

    public Run Succeeds()
    {
        Assert.True(ExitCode == 0, $"ended with {ExitCode}: {Errors}");
        return this;
    }

    /// <summary>Ends with a code and one line on standard error that holds some words.</summary>
    public void Fails(int code, params string[] words)
    {
        Assert.True(ExitCode == code, $"ended with {ExitCode} instead of {code}: {Errors}{Output}");
        string line = Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("anomalykit: ", line, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
    }
}
