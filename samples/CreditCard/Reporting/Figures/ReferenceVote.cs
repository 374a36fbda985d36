using AnomalyKit.Samples.CreditCard.Data;
using AnomalyKit.Samples.CreditCard.Protocols;

namespace AnomalyKit.Samples.CreditCard.Reporting.Figures;

/// <summary>What a vote of the reference system caught among the held-out rows, counted back from the precision and recall that it published.</summary>
/// <param name="Line">The published figures.</param>
/// <param name="Frauds">The frauds among the held-out rows.</param>
internal sealed record ReferenceVote(ReferenceFigures Line, long Frauds)
{
    /// <summary>The three votes; none where the rows measured on are not those of the reference system.</summary>
    public static IReadOnlyList<ReferenceVote> Of(IReadOnlyList<PageRun> runs, CreditCardData data)
    {
        var run = runs.FirstOrDefault(run => run.Result.Protocol == new ReferenceProtocol().Name);
        return run is null || data.Sha256 is not (KnownFiles.QuotedSha256 or KnownFiles.PlainSha256)
            ? []
            : [.. ReferenceFigures.All.Where(line => line.Rows == "held out").Select(line => new ReferenceVote(line, run.Frauds))];
    }

    public double Caught => Math.Round(Line.Recall * Frauds);

    public double FalseAlarms => Math.Round(Caught * ((1 / Line.Precision) - 1));
}
