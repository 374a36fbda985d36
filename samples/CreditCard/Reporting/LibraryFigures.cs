namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The reference's detectors refitted with scikit-learn 1.2.1 on the reference protocol and measured on the held-out rows, by their scores.</summary>
internal sealed record LibraryFigures(
    string Model, double RocAuc, double AveragePrecision, double Precision, double Recall, double MacroF1, double WeightedF1)
{
    public static IReadOnlyList<LibraryFigures> All { get; } =
    [
        new("isolation-forest", .9532, .2544, .0981, .6265, .5823, .9935),
        new("elliptic-envelope", .9406, .1185, .0975, .5663, .5808, .9939),
        new("local-outlier-factor", .5770, .0029, .0047, .1446, .4912, .9716),
        new("one-class-svm", .9517, .1008, .0291, .8916, .5154, .9730),
    ];
}
