using System.Diagnostics;
using AnomalyKit.Samples.CreditCard.Data;
using AnomalyKit.Samples.CreditCard.Detectors;
using AnomalyKit.Samples.CreditCard.Protocols;
using AnomalyKit.Samples.CreditCard.Reporting;

namespace AnomalyKit.Samples.CreditCard.Tuning;

/// <summary>Searches the options of detectors by the labels of the first half of the rows, and judges what was found on the second, which the search never sees.</summary>
internal sealed class DayOneTuning(DetectorCatalog catalog, DataLocator locator, IProgressView view)
{
    /// <summary>The detectors whose search ends within minutes.</summary>
    public static IReadOnlyList<string> DefaultDetectors { get; } = ["isolation-forest", "elliptic-envelope", "local-outlier-factor", "nearest-neighbors"];

    public IReadOnlyList<TunedDetector> Run(TuningOptions options, CancellationToken cancellationToken)
    {
        var entries = catalog.Select(options.Detectors.Count > 0 ? [.. options.Detectors] : [.. DefaultDetectors]);
        var data = DataLoading.Load(locator.Find(options.DataPath), new SyntheticOptions(), options.Threads, view, cancellationToken);
        var split = new TemporalProtocol().Split(data.Rows, cancellationToken);
        view.Say(FormattableString.Invariant(
            $"Searching on {split.Training.RowCount:N0} rows with {split.Training.Labels.Span.Count(true)} frauds, judging on {split.Test.RowCount:N0} with {split.Test.Labels.Span.Count(true)}."));
        var context = new SettingsContext(options.Seed, data.FraudRate, FeatureScaling.Standard);
        var tuned = entries.Select(entry => Tune(entry.Name, TrainerOf(entry, context), split, options, cancellationToken)).ToList();
        TuningTable.Show(view, tuned);
        return tuned;
    }

    private static IDetectorTrainer TrainerOf(DetectorEntry entry, SettingsContext context) => entry.Recommended(context).Own
        ?? throw new SampleException($"'{entry.Name}' is no trainer whose options could be searched. Take out of {string.Join(", ", DefaultDetectors)}.");

    private TunedDetector Tune(string name, IDetectorTrainer trainer, ProtocolSplit split, TuningOptions options, CancellationToken cancellationToken)
    {
        // Later rows judge earlier ones within the first day, too, as they will on the second.
        var search = new DetectorSearch(trainer)
        {
            TrialCount = options.Trials,
            Split = ValidationSplit.TimeOrdered(options.Folds),
            OuterFolds = 0,
            Seed = options.Seed,
        };
        var watch = Stopwatch.StartNew();
        var found = view.Step($"Searching {name}", progress => search.Run(split.Training, new SearchOptions { MaxDegreeOfParallelism = options.Threads, Progress = new Fractions(progress) }, cancellationToken));
        double seconds = watch.Elapsed.TotalSeconds;
        return view.Step($"Judging {name}", _ => new TunedDetector(
            name,
            found,
            DayFigures.Of(trainer, split.Training, split.Test, options.Threads, cancellationToken),
            DayFigures.Of(found.Trainer, split.Training, split.Test, options.Threads, cancellationToken),
            seconds));
    }

    private sealed class Fractions(IProgress<double> progress) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => progress.Report(value.Fraction);
    }
}
