using System.Diagnostics;
using AnomalyKit.Samples.CreditCard.Data;
using AnomalyKit.Samples.CreditCard.Detectors;
using AnomalyKit.Samples.CreditCard.Protocols;
using AnomalyKit.Samples.CreditCard.Reporting;
using AnomalyKit.Samples.CreditCard.Reporting.Pictures;

namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>The main job: every detector with both settings under every protocol, measured and reported.</summary>
internal sealed class CreditCardEvaluation(DetectorCatalog catalog, DataLocator locator, IProgressView view)
{
    /// <summary>Runs everything; models and pictures are written as they are done, the reports at the end.</summary>
    public CreditCardReport Run(EvaluationOptions options, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var protocols = EvaluationProtocol.Select(options.Protocols, options.Everything);
        var entries = catalog.Select(options.Detectors);
        string? path = locator.Find(options.DataPath);
        var folder = OutputFolder.Create(options.OutputFolder);
        var data = DataLoading.Load(path, options.Synthetic, options.Threads, view, cancellationToken);
        view.Say(FormattableString.Invariant($"{data.Source}: {data.Rows.RowCount:N0} rows × {data.Rows.ColumnCount} columns, {data.Frauds:N0} frauds ({data.FraudRate:P3}); {data.Identity}"));
        WarmUp(entries, data, options, cancellationToken);

        var runs = new List<RunResult>();
        var scores = new List<RunScores>();
        var curves = new List<RunCurves>();
        var dayTwo = new List<DayTwo>();
        ScoredRun? explained = null;
        foreach (var protocol in protocols)
        {
            foreach (var run in RunProtocol(protocol, entries, data, options, cancellationToken))
            {
                runs.Add(run.Result);
                scores.Add(new RunScores(run.Result, run.Scores, run.Labels));
                curves.Add(RunCurves.Of(run));
                folder.Write($"{run.Result.FileStem}-confusion.png", ConfusionPicture.Draw(run.Result));
                folder.Write($"{run.Result.FileStem}-scores.png", ScoresPicture.Draw(run));
                explained = Preferred(explained, run);
                if (protocol is TemporalProtocol && DayTwo.Of(run) is { } moved)
                    dayTwo.Add(moved);
                if (options.Everything || run.Result.Settings == "recommended")
                    run.Detector.Save(folder.PathOf($"{run.Result.FileStem}.akm"));
            }
        }

        if (options.Protocols.Count == 0 && !options.Everything)
            dayTwo.AddRange(QuickDayTwo(entries, data, options, cancellationToken));

        cancellationToken.ThrowIfCancellationRequested();
        var reasons = view.Step($"Explaining the alerts of {explained!.Result.FileStem}", _ => AlertReasons.Of(explained, options.Threads, cancellationToken));
        var report = new CreditCardReport
        {
            Data = data,
            Machine = MachineInfo.Current(),
            Protocols = protocols,
            Runs = runs,
            Scores = scores,
            Reasons = reasons,
            DayTwo = dayTwo,
            TotalSeconds = watch.Elapsed.TotalSeconds,
            PeakBytes = MachineInfo.PeakBytes(),
        };
        folder.Write("model_evaluation_curves.png", CurvesPicture.Draw(curves));
        folder.Write("model_performance_report.csv", PerformanceCsv.Write(report.Runs));
        folder.Write("results.json", ResultsJson.Write(report));
        if (dayTwo.Count > 0)
            new DriftReport(dayTwo[^1].Comparison) { Title = $"Day two, {dayTwo[^1].Run.Detector} with {dayTwo[^1].Run.Settings} settings" }.Save(folder.PathOf("drift.html"));
        folder.Write("report.html", HtmlReport.Write(report));
        Story.Tell(view, report, folder.FullPath);
        return report;
    }

    /// <summary>What moved between the first half of the rows and the second, by the detectors that take seconds.</summary>
    private IReadOnlyList<DayTwo> QuickDayTwo(IReadOnlyList<DetectorEntry> entries, CreditCardData data, EvaluationOptions options, CancellationToken cancellationToken)
    {
        DetectorEntry[] quick = [.. entries.Where(entry => entry.IsQuick)];
        var later = data.Rows.Slice(data.Rows.RowCount / 2, data.Rows.RowCount - (data.Rows.RowCount / 2));
        return quick.Length == 0 || later.Labels.Span.Count(true) is 0 ? [] : [.. RunProtocol(new TemporalProtocol(), quick, data, options, cancellationToken).Select(DayTwo.Of).OfType<DayTwo>()];
    }

    private IEnumerable<ScoredRun> RunProtocol(
        EvaluationProtocol protocol,
        IReadOnlyList<DetectorEntry> entries,
        CreditCardData data,
        EvaluationOptions options,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var split = protocol.Split(data.Rows, cancellationToken);
        int frauds = split.Test.Labels.Span.Count(true);
        if (frauds == 0 || frauds == split.Test.RowCount)
        {
            throw new SampleException(
                $"{frauds} of the {split.Test.RowCount} rows that the protocol '{protocol.Name}' measures on are frauds: with one class only there is nothing to measure. Use more rows, or another --protocol.");
        }

        var context = new SettingsContext(options.Seed, data.FraudRate, split.StandardScaling) { Autoencoder = options.Autoencoder };
        var sessions = Enum.GetValues<DetectorSettings>()
            .ToDictionary(settings => settings, settings => new FitSession(catalog, split, settings, context, options.Threads));
        var runner = new DetectorRun(protocol, split, view);
        foreach (var entry in entries)
        {
            foreach (var (settings, session) in sessions)
                yield return runner.Execute(session, entry, settings, cancellationToken);
        }
    }

    /// <summary>The run whose alerts are explained: our ensemble's with our settings, or else the last one with our settings, under the first protocol.</summary>
    private static ScoredRun Preferred(ScoredRun? present, ScoredRun run)
    {
        if (present is null)
            return run;
        bool isOurs = run.Result.Protocol == present.Result.Protocol && run.Result.Settings == "recommended";
        return isOurs && present.Result.Detector != "ensemble" ? run : present;
    }

    /// <summary>A fit and a scoring on a few rows, so that the times are of the work and not of the first compilation of the code.</summary>
    private void WarmUp(IReadOnlyList<DetectorEntry> entries, CreditCardData data, EvaluationOptions options, CancellationToken cancellationToken)
    {
        var few = data.Rows.Slice(0, Math.Min(data.Rows.RowCount, 2000));
        var split = new ProtocolSplit(few, few);
        var session = new FitSession(
            catalog, split, DetectorSettings.Reference, new SettingsContext(options.Seed, data.FraudRate, split.StandardScaling) { Autoencoder = options.Autoencoder }, options.Threads);
        view.Step("Warming up", progress =>
        {
            for (int i = 0; i < entries.Count; i++)
            {
                session.Score(entries[i], null, cancellationToken);
                progress.Report((i + 1.0) / entries.Count);
            }

            return true;
        });
    }
}
