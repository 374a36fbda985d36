using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Joins the parts of shards.</summary>
internal static class MergeCommand
{
    private const string DefaultOrigin = "contamination 0.01";

    public static Command Create(ToolContext context)
    {
        var command = new Command(
            "merge", "Joins the parts of all shards: those of a fit to a model, those of scores to one file or, with --model, to a model whose threshold comes from all scores. The order of the parts does not matter.");
        var parts = new Argument<string[]>("PART") { Description = "The folder of the parts (OUT.parts), or the parts.", Arity = ArgumentArity.OneOrMore };
        parts.Validators.Add(PathArgument.RefuseOptions);
        var common = new CommonOptions();
        var threads = new ThreadsOption();
        var output = new Option<string>("--out") { Description = "The model file, or the file of scores (.csv, .parquet, .arrow, .jsonl).", HelpName = "FILE", Required = true };
        var model = new Option<string>("--model") { Description = "Of scores: the model that scored them. It gets the threshold and the calibration of all scores and is written to --out.", HelpName = "MODEL" };
        var threshold = new Option<string>("--threshold") { Description = $"With --model: the rule of the threshold; contamination:0.01 by default. Rules: {string.Join(", ", ThresholdRule.TextForms)}.", HelpName = "RULE" };
        var calibration = new Option<string>("--calibration") { Description = $"With --model: the calibration; none by default. Kinds: {string.Join(", ", ScoreCalibration.TextForms)}; conformal only in the fit, which sets rows aside for it.", HelpName = "KIND" };
        var exact = new Option<bool>("--exact") { Description = $"With --model: looks at all scores one by one, instead of sketches with a relative error of {ScoreSketch.RelativeError:P3}." };
        var tracking = new TrackingOption();
        var wait = new Option<int>("--wait") { Description = "How many seconds to wait for parts that a shared file system shows late; 30 by default.", HelpName = "SECONDS", DefaultValueFactory = _ => (int)ShardParts.DefaultPatience.TotalSeconds };
        command.Arguments.Add(parts);
        foreach (Option option in (Option[])[output, model, threshold, calibration, exact, wait, threads.Option, tracking.Option, tracking.Experiment])
            command.Options.Add(option);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            if (parsed.GetValue(model) is null && (parsed.GetValue(threshold) is not null || parsed.GetValue(calibration) is not null || parsed.GetValue(exact)))
                throw new UsageException("--threshold, --calibration and --exact are for --model.");
            if (parsed.GetValue(wait) < 0)
                throw new UsageException($"--wait takes seconds from 0, not {parsed.GetValue(wait)}.");
            string path = parsed.GetValue(output)!;
            OutputPath.Check("--out", path, parsed.GetValue(model) is { } given ? [given] : []);
            var watch = Stopwatch.StartNew();
            var found = ShardParts.Find(parsed.GetValue(parts)!, TimeSpan.FromSeconds(parsed.GetValue(wait)), context.CancellationToken);
            OutputPath.Check("--out", path, found.Parts.SelectMany(FilesOf));
            if (parsed.GetValue(model) is { } scored)
            {
                if (parsed.GetValue(tracking.Option) is not null)
                    throw new UsageException("--tracking keeps runs of fits, and with --model only a threshold is found. Leave it out.");
                var scorer = ModelArgument.Load(scored);
                if (parsed.GetValue(threshold) is null && !IsDefault(scorer.Detector.ThresholdOrigin))
                    throw new UsageException($"The threshold of '{scored}' is '{scorer.Detector.ThresholdOrigin}'. Say by which rule it is found in all scores: --threshold RULE.");
                var (rule, kind) = Rules(parsed.GetValue(threshold) ?? "contamination:0.01", parsed.GetValue(calibration) ?? "none");
                if (kind.HeldOutFraction > 0)
                    throw new UsageException($"--calibration {kind.ToText()} holds for rows that the model was not fitted on, and nobody knows of these scores whether it was. Leave it out, or calibrate in the fit: anomalykit fit … --calibration conformal; in shards of a job, with --sampled-threshold.");
                var decided = ShardedScoring.WithThreshold(scorer, found, rule, kind, parsed.GetValue(exact), context.CancellationToken);
                decided.Save(path);
                FitCommand.Report(context, decided, decided.Detector.Info.Kind, path, watch.Elapsed.TotalSeconds, common.Json(parsed));
            }
            else if (found.Kind == ShardPartKind.Fit)
            {
                string name = TrainerSettings.NameOf(found.Settings);
                var trainer = TrainerSettings.Create(found.Settings);

                TableDetector Fit()
                {
                    var fitted = ProgressView.Run(context, "Merging", report =>
                        ShardedFit.Merge(trainer, found, new FitOptions { MaxDegreeOfParallelism = threads.Value(parsed), Progress = ProgressView.Fit(report) }, context.CancellationToken)).WithOrigin(TrainerOrigin.Of(trainer, name));
                    // Before anything is told of it: whoever stops the telling keeps the model.
                    fitted.Save(path);
                    return fitted;
                }

                string? uri = tracking.Uri(parsed);
                var start = new RunStart(parsed.GetValue(tracking.Experiment)!) { Name = name, Tags = new Dictionary<string, string> { ["shards"] = found.Parts.Count.ToString(CultureInfo.InvariantCulture) } };
                var detector = uri is null ? Fit() : TrackedFitting.Run(context, uri, trainer, Fit, start);
                FitCommand.Report(context, detector, name, path, watch.Elapsed.TotalSeconds, common.Json(parsed));
            }
            else
            {
                if (parsed.GetValue(tracking.Option) is not null)
                    throw new UsageException("--tracking keeps runs of fits, and these are parts of scores. Leave it out.");
                var done = ProgressView.Run(context, "Merging", report => ShardedScoring.Merge(found, path, progress: ProgressView.Rows("merged", report), cancellationToken: context.CancellationToken));
                context.Say(string.Create(CultureInfo.InvariantCulture, $"{found.Parts.Count} parts of scores of {found.TotalRowCount:N0} rows, {done.AnomalyCount:N0} anomalies, in {watch.Elapsed.TotalSeconds:0.0} s → {path}"));
                if (common.Json(parsed))
                {
                    var document = JsonText.Document("merge");
                    document["rows"] = found.TotalRowCount;
                    document["anomalies"] = done.AnomalyCount;
                    document["parts"] = found.Parts.Count;
                    document["merge_seconds"] = watch.Elapsed.TotalSeconds;
                    document["out"] = path;
                    JsonText.Write(context, document);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<string> FilesOf(ShardPart part)
    {
        string folder = Path.GetDirectoryName(part.ManifestPath)!;
        return [part.ManifestPath, Path.Combine(folder, part.File.Name), .. part.Sketch is { } sketch ? [Path.Combine(folder, sketch.Name)] : Array.Empty<string>()];
    }

    // The rule may be followed by what it came to, in parentheses; 0.015 is another rule.
    private static bool IsDefault(string origin) =>
        origin.StartsWith(DefaultOrigin, StringComparison.Ordinal) && (origin.Length == DefaultOrigin.Length || !char.IsAsciiLetterOrDigit(origin[DefaultOrigin.Length]));

    private static (ThresholdRule Rule, ScoreCalibration Calibration) Rules(string threshold, string calibration)
    {
        try
        {
            return (ThresholdRule.Parse(threshold), ScoreCalibration.Parse(calibration));
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
