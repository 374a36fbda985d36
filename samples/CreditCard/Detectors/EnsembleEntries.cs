using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>The reference system's three majority votes, and our ensemble. All of them combine the detectors of the same run, fitted once.</summary>
internal static class EnsembleEntries
{
    private static readonly string[] Light = ["isolation-forest", "one-class-svm", "autoencoder"];
    private static readonly string[] Medium = ["one-class-svm", "elliptic-envelope", "autoencoder"];
    private static readonly string[] Full = ["isolation-forest", "one-class-svm", "elliptic-envelope", "local-outlier-factor", "autoencoder"];
    private static readonly string[] Ours = [.. Full, "nearest-neighbors"];

    public static IEnumerable<DetectorEntry> Create() =>
    [
        Vote("ensemble-light", 2, Light), Vote("ensemble-medium", 2, Medium), Vote("ensemble-full", 3, Full),
        new("ensemble", _ => Combined(0.01, known: false), context => Combined(context.KnownFraudRate, known: true)),
    ];

    /// <remarks>The label of the reference is "at least k of the members"; with our settings every member votes by the known fraud rate.</remarks>
    private static DetectorEntry Vote(string name, int votes, string[] members)
    {
        string text = $"{votes} of {members.Length} votes: {string.Join(", ", members)}";
        return new DetectorEntry(
            name,
            _ => new DetectorSetup(text, Trainer),
            _ => new DetectorSetup($"{text}, each at the known fraud rate", Trainer) { UsesKnownFraudRate = true });

        EnsembleTrainer Trainer(Func<string, EnsembleMember> member) => EnsembleTrainer.MajorityVote(votes, [.. members.Select(member)]);
    }

    /// <remarks>
    /// The defaults of <see cref="EnsembleTrainer"/>: nothing is tuned on this data, and no label is seen. Its training scores fall into two groups some way off the known share, so
    /// the threshold takes the gap between them.
    /// </remarks>
    private static DetectorSetup Combined(double share, bool known) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"mean of six members' logarithmic z-scores, weighted by the agreement of their tails, threshold {(known ? "in the widest gap near" : "at")} {share:P3}"),
        member => new EnsembleTrainer { Members = [.. Ours.Select(member)], Threshold = known ? ThresholdRule.WidestGap(share) : ThresholdRule.Contamination(share) })
    {
        UsesKnownFraudRate = known,
    };
}
