using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Which rows settings are fitted on and which they are measured on.</summary>
internal sealed class SplitOptions
{
    private readonly Option<int> _folds = new("--folds") { Description = "How many folds a setting is measured on; 4 by default, fewer where there are few anomalies.", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly Option<string> _time = new("--time") { Description = "A column of dates or numbers: settings are measured on rows that come after those they are fitted on. It is not learned from unless --columns names it.", HelpName = "COL" };
    private readonly Option<string> _group = new("--group") { Description = "A column whose rows of equal value stay together, for example the customer. It is not learned from unless --columns names it.", HelpName = "COL" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_time, _group, _folds])
            command.Options.Add(option);
    }

    /// <summary>The columns that the split needs and nobody learns from unless they are named among the columns.</summary>
    public IEnumerable<string> Columns(ParseResult parsed) => new[] { parsed.GetValue(_time), parsed.GetValue(_group) }.OfType<string>();

    public ValidationSplit Split(ParseResult parsed, ulong seed)
    {
        int folds = parsed.GetValue(_folds);
        if (folds is < 2 or > 100)
            throw new UsageException($"--folds takes a number from 2 to 100, not {folds}.");
        return (parsed.GetValue(_time), parsed.GetValue(_group)) switch
        {
            (not null, not null) => throw new UsageException("Rows are split by --time or by --group, not by both."),
            ({ } time, null) => ValidationSplit.TimeOrdered(time, folds),
            (null, { } group) => ValidationSplit.Grouped(group, folds, seed),
            _ => ValidationSplit.Stratified(folds, seed),
        };
    }
}
