using AnomalyKit.Tool.Running;
using Spectre.Console;

namespace AnomalyKit.Tool.Output;

/// <summary>A table for people: with colors and as wide as the terminal, or plain text in files and pipes.</summary>
internal sealed class TextTable
{
    private const int PlainWidth = 500;

    private readonly Table _table = new Table().Border(TableBorder.Simple);

    /// <param name="headings">The headings; one that begins with '&gt;' is of a column of numbers.</param>
    public TextTable(params string[] headings)
    {
        foreach (string heading in headings)
        {
            bool isNumber = heading.StartsWith('>');
            var column = new Spectre.Console.TableColumn(new Text(isNumber ? heading[1..] : heading, new Style(decoration: Decoration.Bold)));
            // Names stay in one piece; what is long wraps in the last column.
            _table.AddColumn(isNumber ? column.RightAligned().NoWrap() : _table.Columns.Count == 0 ? column.NoWrap() : column);
        }
    }

    public void Row(params string[] cells) => _table.AddRow([.. cells.Select(cell => new Text(Printable(cell)))]);

    public void Write(ToolContext context)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Text) };
        if (!context.Console.OutputIsTerminal)
        {
            settings.Ansi = AnsiSupport.No;
            settings.ColorSystem = ColorSystemSupport.NoColors;
            settings.Interactive = InteractionSupport.No;
        }

        var console = AnsiConsole.Create(settings);
        if (!context.Console.OutputIsTerminal)
            console.Profile.Width = PlainWidth;
        console.Write(_table);
        context.Text.Flush();
    }

    /// <summary>Text without what would move a terminal's cursor or change its colors.</summary>
    public static string Printable(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && text.AsSpan().IndexOfAnyInRange('\u007f', '\u009f') < 0
        ? text
        : string.Concat(text.Select(c => char.IsControl(c) ? '\ufffd' : c));
}
