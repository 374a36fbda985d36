using AnomalyKit.Tool.Output;

namespace AnomalyKit.Tool.Running;

/// <summary>What a command works with: where it writes, and how it is stopped.</summary>
/// <param name="output">Results.</param>
/// <param name="errors">Everything else.</param>
/// <param name="console">What standard output and standard error are.</param>
/// <param name="stop">Stops the work.</param>
/// <param name="input">What a person types; null for standard input.</param>
internal sealed class ToolContext(Stream output, TextWriter errors, ConsoleKind console, StopSignals? stop = null, TextReader? input = null)
{
    private readonly Lazy<StreamWriter> _text = new(() => new StreamWriter(output, leaveOpen: true) { NewLine = "\n" });

    public Stream Output => output;

    public TextWriter Text => _text.Value;

    public TextWriter Errors => errors;

    public TextReader Input => input ?? System.Console.In;

    public ConsoleKind Console => console;

    public CancellationToken CancellationToken => stop?.Token ?? CancellationToken.None;

    public int StopExitCode => stop?.ExitCode ?? ExitCode.Interrupted;

    /// <summary>Whether only results and errors are wanted.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>A remark, on standard error.</summary>
    public void Say(string line)
    {
        if (!IsQuiet)
            errors.WriteLine(line);
    }

    /// <summary>What went wrong, in one line on standard error.</summary>
    public void Fail(string message) => errors.WriteLine($"anomalykit: {Remedies.Translate(message).ReplaceLineEndings(" ")}");

    /// <summary>Hands on what is buffered.</summary>
    public void Flush()
    {
        if (_text.IsValueCreated)
            _text.Value.Flush();
        output.Flush();
    }
}
