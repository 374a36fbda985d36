using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Which column says what rows are, and in which words.</summary>
internal sealed class LabelOptions
{
    private readonly Option<string> _column;
    private readonly Option<string[]> _words = ListOption.Create(
        "--anomaly-label", "The words of --label that mark anomalies, where these are others than 1, true and yes (oui, ja, sí …); all other words mean normal then.", "WORD");

    public LabelOptions(string description) => _column = new("--label") { Description = description, HelpName = "COL" };

    public void AddTo(Command command, bool isRequired = false)
    {
        _column.Required = isRequired;
        command.Options.Add(_column);
        command.Options.Add(_words);
    }

    public string? Column(ParseResult parsed) => parsed.GetValue(_column);

    /// <summary>What the words of the column mean.</summary>
    public LabelMarks Marks(ParseResult parsed)
    {
        string[] words = parsed.GetValue(_words)!;
        if (words.Length > 0 && Column(parsed) is null)
            throw new UsageException("--anomaly-label says which words of a column mark anomalies. Name the column with --label, too.");
        return new LabelMarks(words);
    }
}
