using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>What an option says of columns: one rule for all, as RULE, and rules for single ones, as COLUMN=RULE.</summary>
/// <typeparam name="T">What a rule is.</typeparam>
internal sealed class ColumnRules<T>
    where T : notnull
{
    private readonly string _option;
    private readonly Func<string, T> _parse;
    private readonly Dictionary<string, T> _columns = new(StringComparer.Ordinal);
    private (string Text, T Rule)? _all;

    /// <param name="option">The option, for errors.</param>
    /// <param name="texts">What was given, once for each rule.</param>
    /// <param name="parse">Reads a rule; throws <see cref="FormatException"/> for what is none.</param>
    public ColumnRules(string option, IEnumerable<string> texts, Func<string, T> parse)
    {
        _option = option;
        _parse = parse;
        foreach (string text in texts)
            Add(text);
    }

    /// <summary>The rules of single columns.</summary>
    public IReadOnlyDictionary<string, T> Columns => _columns;

    /// <summary>The rule for all columns, or another where none is given.</summary>
    public T AllOr(T other) => _all is { } all ? all.Rule : other;

    private void Add(string text)
    {
        if (OfColumn(text) is { } rule)
        {
            if (!_columns.TryAdd(rule.Column, rule.Rule))
                throw new UsageException($"{_option} gives two rules for column '{rule.Column}'. Give one.");
        }
        else if (_all is { } all)
        {
            throw new UsageException($"{_option} gives two rules for all columns, '{all.Text}' and '{text}'. Give one, and rules for single columns as COLUMN=RULE.");
        }
        else
        {
            _all = (text, _parse(text));
        }
    }

    /// <summary>The column and its rule, where the text names a column; what is a rule for all by itself, such as <c>constant:a=b</c>, is one.</summary>
    private (string Column, T Rule)? OfColumn(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal) || TryParse(text, out _, out _))
            return null;
        // Names may hold the sign, and so may constants: the first split that leaves a rule is meant.
        for (int at = text.IndexOf('=', StringComparison.Ordinal); at >= 0; at = text.IndexOf('=', at + 1))
        {
            if (at > 0 && TryParse(text[(at + 1)..], out var rule, out _))
                return (text[..at], rule!);
        }

        string last = text[(text.LastIndexOf('=') + 1)..];
        throw new UsageException($"{_option} takes RULE or COLUMN=RULE, not '{text}'. {(TryParse(last, out _, out string? problem) ? "The name of the column is missing." : problem)}");
    }

    private bool TryParse(string text, out T? rule, out string? problem)
    {
        try
        {
            (rule, problem) = (_parse(text), null);
            return true;
        }
        catch (FormatException e)
        {
            (rule, problem) = (default, e.Message);
            return false;
        }
    }
}
