namespace AnomalyKit.Tool.Output;

/// <summary>What standard output and standard error are connected to.</summary>
/// <param name="OutputIsTerminal">Whether a person reads the results.</param>
/// <param name="ErrorIsTerminal">Whether a person sees progress.</param>
internal sealed record ConsoleKind(bool OutputIsTerminal, bool ErrorIsTerminal)
{
    public static ConsoleKind Detect() => new(!Console.IsOutputRedirected, !Console.IsErrorRedirected);
}
