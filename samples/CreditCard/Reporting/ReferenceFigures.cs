namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>A line of the reference system's own committed reports, every figure under its right name.</summary>
/// <param name="Model">The model, by the name that this sample gives it.</param>
/// <param name="Rows">What it was measured on.</param>
/// <param name="Precision">Of the frauds.</param>
/// <param name="Recall">Of the frauds.</param>
/// <param name="F1">Of the frauds.</param>
/// <param name="MacroF1">The mean of both classes' F1.</param>
/// <param name="WeightedF1">The mean weighted by class size: what the reference calls its macro-F1.</param>
/// <param name="LabelAuc">ROC AUC of the labels, which is the balanced accuracy; null where it gave that of the scores.</param>
/// <param name="RocAuc">ROC AUC of the scores; null where it gave that of the labels.</param>
internal sealed record ReferenceFigures(
    string Model, string Rows, double Precision, double Recall, double F1, double MacroF1, double WeightedF1, double? LabelAuc, double? RocAuc = null)
{
    public static IReadOnlyList<ReferenceFigures> All { get; } =
    [
        new("one-class-svm", "training", .0305, .8753, .0589, .5170, .9734, .9134),
        new("isolation-forest", "training", .1064, .6112, .1813, .5882, .9937, .8011),
        new("elliptic-envelope", "training", .1030, .5917, .1755, .5853, .9937, .7913),
        new("local-outlier-factor", "training", .0039, .0954, .0075, .4925, .9758, .5264),
        new("autoencoder", "training", .0298, .8802, .0577, .5160, .9727, null, .9640),
        new("ensemble-light", "held out", .0404, .8675, .0772, .5298, .9809, .9166),
        new("ensemble-medium", "held out", .0382, .8675, .0732, .5273, .9799, .9156),
        new("ensemble-full", "held out", .0820, .6988, .1468, .5700, .9918, .8429),
    ];
}
