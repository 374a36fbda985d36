using System.Text;
using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Reporting.Figures;
using AnomalyKit.Samples.CreditCard.Reporting.Page;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The report as one HTML file that needs no other: style, script and drawings lie within it.</summary>
internal static class HtmlReport
{
    public static byte[] Write(CreditCardReport report)
    {
        var runs = PageRun.Of(report);
        var votes = ReferenceVote.Of(runs, report.Data);
        var preferred = runs.First(run => run.Result == report.Reasons.Run);
        var html = new Markup();
        PageHead.Append(html, "How many frauds were caught?", Sections(runs, report));
        if (report.Data.IsSynthetic)
            html.Add("<p class=\"warn\"><strong>Synthetic data.</strong> No credit-card file was found, so the rows were made up. Nothing below says anything about real fraud.</p>");
        SummarySection.Append(html, report, runs, votes);
        CurvesSection.Append(html, runs, votes);
        ExplorerSection.Append(html, runs, preferred);
        if (AgreementSection.Has(runs))
            AgreementSection.Append(html, runs);
        ReasonsSection.Append(html, report.Reasons);
        DriftSection.Append(html, report.DayTwo);
        DetailsSection.Append(html, report, runs);
        PageHead.End(html);
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static IEnumerable<(string Id, string Name)> Sections(IReadOnlyList<PageRun> runs, CreditCardReport report)
    {
        yield return ("curves", "Curves");
        yield return ("explorer", "Thresholds");
        if (AgreementSection.Has(runs))
            yield return ("agreement", "Agreement");
        yield return ("reasons", "Reasons");
        if (report.DayTwo.Count > 0)
            yield return ("drift", "Day two");
        yield return ("details", "Details");
    }
}
