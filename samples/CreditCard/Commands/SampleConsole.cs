using AnomalyKit.Samples.CreditCard.Reporting;
using Spectre.Console;

namespace AnomalyKit.Samples.CreditCard.Commands;

/// <summary>The console, as it is: a terminal, or redirected to a file or a pipe.</summary>
internal static class SampleConsole
{
    private const int UnlimitedWidth = 1000;

    /// <summary>Bars on a terminal, plain lines elsewhere.</summary>
    public static IProgressView CreateView()
    {
        if (!Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive)
            return new SpectreProgressView(AnsiConsole.Console);
        return CreatePlainView(Console.Out);
    }

    /// <summary>Plain lines without colours or wrapping.</summary>
    public static IProgressView CreatePlainView(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = UnlimitedWidth;
        return new PlainProgressView(console);
    }
}
