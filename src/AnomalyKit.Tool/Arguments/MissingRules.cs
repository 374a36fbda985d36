using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>What <c>--missing</c> says: one rule for all columns, and rules for single ones as COLUMN=RULE.</summary>
internal static class MissingRules
{
    /// <summary>A preparation with these rules.</summary>
    /// <param name="texts">What was given, once for each rule.</param>
    public static TablePreparation Preparation(IEnumerable<string> texts)
    {
        MissingCells? all = null;
        var columns = new Dictionary<string, ColumnPreparation>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            if (OfColumn(text) is not { } rule)
            {
                all = all is null ? MissingCells.Parse(text) : throw new UsageException($"--missing gives two rules for all columns, '{all.ToText()}' and '{text}'. Give one, and rules for single columns as COLUMN=RULE.");
            }
            else if (!columns.TryAdd(rule.Column, new ColumnPreparation { Missing = rule.Rule }))
            {
                throw new UsageException($"--missing gives two rules for column '{rule.Column}'. Give one.");
            }
        }

        return new TablePreparation { Missing = all ?? MissingCells.Refuse, Columns = columns };
    }

    /// <summary>The column and its rule, where the text names a column; what is a rule for all by itself, such as <c>constant:a=b</c>, is one.</summary>
    private static (string Column, MissingCells Rule)? OfColumn(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal) || Rule(text) is not null)
            return null;
        // Names may hold the sign, and so may constants: the first split that leaves a rule is meant.
        for (int at = text.IndexOf('=', StringComparison.Ordinal); at >= 0; at = text.IndexOf('=', at + 1))
        {
            if (at > 0 && Rule(text[(at + 1)..]) is { } rule)
                return (text[..at], rule);
        }

        string last = text[(text.LastIndexOf('=') + 1)..];
        throw new UsageException($"--missing takes RULE or COLUMN=RULE, not '{text}'. {Problem(last)}");
    }

    private static MissingCells? Rule(string text)
    {
        try
        {
            return MissingCells.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Problem(string text)
    {
        try
        {
            _ = MissingCells.Parse(text);
            return "The name of the column is missing.";
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
