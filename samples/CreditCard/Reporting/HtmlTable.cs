using System.Globalization;
using AnomalyKit.Samples.CreditCard.Reporting.Page;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>Builds a table of an HTML page that scrolls within itself; numbers stand to the right, everything else is escaped text.</summary>
internal sealed class HtmlTable
{
    private readonly Markup _html = new();

    /// <param name="caption">What the table shows.</param>
    /// <param name="titles">The heads of the columns; the first column heads the rows.</param>
    public HtmlTable(string caption, params IEnumerable<string> titles)
    {
        string name = Markup.Safe(caption);
        _html.Add($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\"><table><caption>{name}</caption><thead><tr>{string.Concat(titles.Select(title => $"<th scope=\"col\">{Markup.Safe(title)}</th>"))}</tr></thead><tbody>");
    }

    /// <summary>Adds a row: doubles get four decimals, whole numbers separators; texts that begin with a digit stand with the numbers; short texts are not broken.</summary>
    public HtmlTable Row(params IEnumerable<object> cells)
    {
        object[] all = [.. cells];
        _html.Add($"<tr><th scope=\"row\">{Markup.Short($"{all[0]}")}</th>{string.Concat(all.Skip(1).Select(Cell))}</tr>");
        return this;
    }

    public override string ToString() => $"{_html}</tbody></table></div>\n";

    private static string Cell(object cell) => cell switch
    {
        double value => $"<td class=\"n\">{Markup.Measure(value)}</td>",
        int or long => string.Create(CultureInfo.InvariantCulture, $"<td class=\"n\">{cell:N0}</td>"),
        string { Length: > 0 and < 16 } text when text is "–" || char.IsAsciiDigit(text[0]) || text[0] == '<' => $"<td class=\"n\">{Markup.Safe(text)}</td>",
        string { Length: < 24 } text => $"<td class=\"k\">{Markup.Safe(text)}</td>",
        _ => $"<td>{Markup.Safe($"{cell}")}</td>",
    };
}
