using System.Globalization;
using System.Net;
using System.Text;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>Builds a table of an HTML page; numbers stand to the right, everything else is escaped text.</summary>
internal sealed class HtmlTable
{
    private readonly StringBuilder _html = new("<div class=\"wide\"><table>\n<thead><tr>");

    public HtmlTable(params IEnumerable<string> titles)
    {
        foreach (string title in titles)
            _html.Append(CultureInfo.InvariantCulture, $"<th>{WebUtility.HtmlEncode(title)}</th>");
        _html.Append("</tr></thead>\n<tbody>\n");
    }

    /// <summary>Adds a row: doubles get four decimals, whole numbers separators; short texts are not broken.</summary>
    public HtmlTable Row(params IEnumerable<object> cells)
    {
        _html.Append("<tr>");
        foreach (object cell in cells)
            AppendCell(cell);
        _html.Append("</tr>\n");
        return this;
    }

    public override string ToString() => $"{_html}</tbody></table></div>\n";

    private void AppendCell(object cell)
    {
        string? number = cell switch
        {
            double value => value.ToString("F4", CultureInfo.InvariantCulture),
            int or long => string.Create(CultureInfo.InvariantCulture, $"{cell:N0}"),
            _ => null,
        };
        if (number is not null)
            _html.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{number}</td>");
        else
            _html.Append(CultureInfo.InvariantCulture, $"<td class=\"{(cell is string { Length: < 24 } ? "k" : "t")}\">{WebUtility.HtmlEncode(cell.ToString())}</td>");
    }
}
