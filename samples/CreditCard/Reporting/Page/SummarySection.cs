using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Reporting.Charts;
using AnomalyKit.Samples.CreditCard.Reporting.Figures;
using static AnomalyKit.Samples.CreditCard.Reporting.Page.Markup;

namespace AnomalyKit.Samples.CreditCard.Reporting.Page;

/// <summary>The first screen: how many frauds were caught, at how many false alarms, by which detector.</summary>
internal static class SummarySection
{
    public static void Append(Markup html, CreditCardReport report, IReadOnlyList<PageRun> runs, IReadOnlyList<ReferenceVote> votes)
    {
        // The detector whose alerts are explained is the one that the page speaks of.
        var run = runs.First(run => run.Result == report.Reasons.Run);
        PageRun[] shown = [.. runs.Where(other => other.Result.Protocol == run.Result.Protocol)];
        var vote = votes.MaxBy(vote => vote.Line.F1);
        html.Add($"<p class=\"lead\">{Sentence(run)}{Beside(run, vote)}</p>");
        html.Add($"<div class=\"cards\">{Card($"{run.Caught:N0} of {run.Frauds:N0}", $"frauds caught ({Percent(run.Result.Confusion.Recall)})")}{Card(Number(run.FalseAlarmRate), $"false alarms {run.Rate.Per}")}{Card(Percent(run.Result.Confusion.Precision), "of the alerts are frauds")}{VoteCard(run, vote)}</div>");
        html.Add($"<div class=\"split\"><figure>{CaughtChart.Draw(shown, Shown(votes, run))}<figcaption>{Key(shown, Shown(votes, run))}</figcaption></figure>");
        SummaryTable.Append(html, shown, Shown(votes, run));
        html.Add($"</div><p class=\"note\">{Safe(run.Rate.Explained())} {Safe(Luck(run))}</p>");
        Remarks.Append(html, report, shown);
    }

    private static IReadOnlyList<ReferenceVote> Shown(IReadOnlyList<ReferenceVote> votes, PageRun run) => run.Result.Protocol == "reference" ? votes : [];

    private static string Sentence(PageRun run) => FormattableString.Invariant(
        $"<strong>{Safe(run.Result.Detector)}</strong> with {run.Result.Settings} settings caught <strong>{run.Caught:N0} of {run.Frauds:N0} frauds</strong> at <strong>{Number(run.FalseAlarmRate)} false alarms {run.Rate.Per}</strong>.");

    private static string Beside(PageRun run, ReferenceVote? vote)
    {
        if (vote is null || run.Result.Protocol != "reference")
            return string.Empty;
        double alarms = run.Rate.Rate(vote.FalseAlarms);
        string ratio = run.FalseAlarmRate > 0 ? FormattableString.Invariant($", {alarms / run.FalseAlarmRate:0.#} times as many") : string.Empty;
        return FormattableString.Invariant($" The best vote of the reference system (by F1) caught {vote.Caught:N0} at {Number(alarms)} false alarms a day{ratio}.");
    }

    private static string Card(string number, string text) => $"<div class=\"card\"><b>{number}</b><span>{text}</span></div>";

    private static string VoteCard(PageRun run, ReferenceVote? vote) => vote is null || run.Result.Protocol != "reference"
        ? Card(Measure(run.Result.AveragePrecision), "average precision")
        : $"<div class=\"card other\"><b>{Number(run.Rate.Rate(vote.FalseAlarms))}</b><span>false alarms a day by the reference system, {vote.Caught:N0} frauds caught</span></div>";

    private static string Key(PageRun[] runs, IReadOnlyList<ReferenceVote> votes)
    {
        bool both = runs.Any(run => !run.IsOurs) && runs.Any(run => run.IsOurs);
        string settings = both ? "Filled: recommended settings. Hollow: the reference system's settings. " : string.Empty;
        string diamonds = votes.Count > 0 ? "Diamonds: what the reference system published of its three votes. " : string.Empty;
        return $"{settings}{diamonds}Numbers: see the table. Small dots are exact places; numbers in a block beside a dot all belong there.";
    }

    /// <summary>How far the share of caught frauds would move by chance: a Wilson interval of 95 %.</summary>
    private static string Luck(PageRun run)
    {
        const double Z = 1.96;
        double n = run.Frauds;
        double share = run.Result.Confusion.Recall;
        double middle = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        double half = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        return FormattableString.Invariant($"There are {n:N0} frauds among the test rows, so chance alone moves the share caught: {Percent(share)} stands for {Percent(middle - half)} to {Percent(middle + half)} (95 % interval).");
    }
}
