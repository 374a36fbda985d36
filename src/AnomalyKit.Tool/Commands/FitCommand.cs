using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Fits a model.</summary>
internal static class FitCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command("fit", "Fits a detector to the rows of files and saves it as a model file, which takes raw rows to decisions by itself.");
        var data = new DataOptions();
        var columns = new ColumnOptions();
        var common = new CommonOptions();
        var trainer = new TrainerChoice();
        var threads = new ThreadsOption();
        var shards = new ShardChoice();
        var sample = new Option<int?>("--sample")
        {
            Description = $"The most rows that the detector is fitted on, drawn uniformly. By default all, or {TableDetectorFiles.DefaultSampleSize:N0} of more than {TableDetectorFiles.MaxBytesInMemory >> 20} MiB; an isolation forest is always that of all rows.",
            HelpName = "N",
        };
        var tracking = new TrackingOption();
        var experiment = tracking.Experiment;
        var output = new Option<string>("--out") { Description = "The model file; customary is .akm.", HelpName = "MODEL", Required = true };
        command.Arguments.Add(data.Data);
        command.Options.Add(output);
        trainer.AddTo(command);
        columns.AddTo(command);
        command.Options.Add(sample);
        command.Options.Add(threads.Option);
        shards.AddTo(command);
        command.Options.Add(tracking.Option);
        command.Options.Add(experiment);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            if (parsed.GetValue(sample) < 2)
                throw new UsageException($"--sample takes a number from 2, not {parsed.GetValue(sample)}.");
            var made = trainer.Trainer(parsed);
            var files = data.Files(parsed);
            string path = parsed.GetValue(output)!;
            OutputPath.Check("--out", path, OutputPath.Of(files));
            var reading = data.Reading(parsed, context.Say, threads.Value(parsed));
            var (labels, said) = shards.IsGiven(parsed) ? default : CountLabels(context, files, columns.Layout(parsed), columns.LabelMarks(parsed), reading);
            var watch = Stopwatch.StartNew();
            if (shards.IsGiven(parsed))
            {
                if (parsed.GetValue(tracking.Option) is not null)
                    throw new UsageException("A shard is no fit of its own, so there is no run to keep. Leave --tracking out here, and give it to 'anomalykit merge', which makes the model.");
                var part = ProgressView.Run(context, "Reading", report =>
                {
                    var (plan, shard) = shards.Open(parsed, files, columns.Layout(parsed), reading, context.CancellationToken);
                    var options = new ShardOptions
                    {
                        SampleSize = parsed.GetValue(sample) ?? TableDetectorFiles.DefaultSampleSize,
                        Settings = trainer.Settings(parsed),
                        Progress = ProgressView.Rows("read", report),
                    };
                    return ShardedFit.Run(made, plan, shard, ShardParts.FolderOf(path), options, context.CancellationToken);
                });
                ShardChoice.Report(context, part, watch.Elapsed.TotalSeconds, common.Json(parsed));
                return ExitCode.Done;
            }

            TableDetector Fit()
            {
                var fitted = ProgressView.Run(context, "Reading", report => made.FitFiles(
                    files,
                    columns.Layout(parsed),
                    new FitOptions { MaxDegreeOfParallelism = threads.Value(parsed), Progress = ProgressView.Fit(report) },
                    parsed.GetValue(sample),
                    reading,
                    context.CancellationToken)).WithOrigin(TrainerOrigin.Of(made, trainer.Name(parsed)));
                // Before anything is told of it: whoever stops the telling keeps the model.
                fitted.Save(path);
                return fitted;
            }

            string? uri = tracking.Uri(parsed);
            var detector = uri is null ? Fit() : TrackedFitting.Run(context, uri, made, Fit, new RunStart(parsed.GetValue(experiment)!) { Name = trainer.Name(parsed) }, OutputPath.Of(files));
            double seconds = watch.Elapsed.TotalSeconds;
            if (said is not null)
                context.Say(said);
            Report(context, detector, trainer.Name(parsed), path, seconds, common.Json(parsed), labels);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Counts the labels of files that a fit reads into memory, before the fit: a slip in --anomaly-label ends it. Labels that cannot be understood do not, because the fit has no use for them.</summary>
    /// <returns>The counts, and what is to be said once there is a model.</returns>
    private static (LabelCounts? Counts, string? Said) CountLabels(ToolContext context, TableFiles files, TableLayout layout, LabelMarks marks, TableReadOptions reading)
    {
        if (layout.LabelColumn is not { } column || !files.CanRepeat || files.Bytes > TableDetectorFiles.MaxBytesInMemory)
            return default;
        var table = ProgressView.Run(context, "Reading", _ =>
        {
            using var reader = files.Open(new TableLayout { Columns = [], LabelColumn = column, Kinds = layout.Kinds }, reading with { Csv = reading.Csv with { BadRowReport = null } }, context.CancellationToken);
            return marks.Apply(reader.ReadAll(context.CancellationToken));
        });
        marks.Check(column);
        try
        {
            var counts = LabelCounts.Of(table.ReadKnownLabels()!);
            return (counts, $"{counts.Text(column)} The fit did not use them.");
        }
        catch (TableDataException e)
        {
            return (null, $"note: the labels were not counted. {ErrorText.Of(e)}");
        }
    }

    private static IEnumerable<DataFinding> FindingsOf(IAnomalyDetector detector) => detector switch
    {
        EnsembleDetector ensemble => ensemble.Findings,
        EllipticEnvelopeDetector envelope => [.. envelope.Frame.Transform.Findings, .. envelope.Findings],
        _ => detector.Frame.Transform.Findings,
    };

    /// <summary>Whether scores are made of distances between rows as they are, whatever the units of their columns.</summary>
    private static bool MeasuresDistances(IAnomalyDetector detector) => detector is LocalOutlierFactorDetector or NearestNeighborsDetector && detector.Frame.Transform.IsIdentity;

    /// <summary>Says what was fitted.</summary>
    public static void Report(ToolContext context, TableDetector detector, string name, string path, double seconds, bool asJson, LabelCounts? labels = null)
    {
        long rows = detector.Profile?.RowCount ?? 0;
        double fraction = detector.Profile?.AlertFraction ?? 0;
        string measured = detector.Detector.Calibrator is ConformalCalibrator aside ? string.Create(CultureInfo.InvariantCulture, $"the {aside.CalibrationRowCount:N0} rows set aside") : "the training rows";
        context.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} on {rows:N0} rows × {detector.Preparation.Schema.ColumnCount} columns in {seconds:0.0} s, threshold {detector.Threshold:G6} ({detector.Detector.ThresholdOrigin}), {fraction:P2} of {measured} above it → {path}"));
        foreach (var finding in FindingsOf(detector.Detector).Where(finding => !detector.Preparation.IsCauseOf(finding)))
            context.Say($"note: {Remedies.Translate(finding.ToString()!)}");
        foreach (var finding in TableInspection.FindFewAlertRows(detector))
            context.Say($"note: {finding}");
        foreach (var finding in detector.Profile is { } profile ? [.. TableInspection.FindLikelyLabels(profile), .. TableInspection.FindNumbersAsWords(profile), .. MeasuresDistances(detector.Detector) ? TableInspection.FindUnequalSpreads(profile) : []] : Array.Empty<InspectionFinding>())
            context.Say($"note: {finding}");
        if (asJson)
        {
            var document = JsonText.Document("fit");
            document["model"] = path;
            document["detector"] = name;
            document["rows"] = detector.Profile?.RowCount;
            document["columns"] = new JsonArray([.. detector.Preparation.Schema.Fields.Select(field => (JsonNode)field.Name)]);
            document["threshold"] = JsonText.Number(detector.Threshold);
            document["threshold_origin"] = detector.Detector.ThresholdOrigin;
            document["alert_share"] = detector.Profile is null ? null : fraction;
            document["fit_seconds"] = seconds;
            if (labels is { } counts)
                document["labels"] = new JsonObject { ["anomalies"] = counts.Anomalies, ["normals"] = counts.Normals, ["unknown"] = counts.Unknown };
            JsonText.Write(context, document);
        }
    }
}
