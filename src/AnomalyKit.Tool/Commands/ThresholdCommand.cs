using System.CommandLine;
using System.Globalization;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Gives a model another threshold, without another fit.</summary>
internal static class ThresholdCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command("threshold", "Gives a saved model another threshold without another fit: a number (--value), or one that a rule finds in the scores of rows (--rule). With rows it says how many of them are anomalies then.");
        var model = ModelArgument.Create();
        var data = new DataOptions();
        data.Data.Arity = ArgumentArity.ZeroOrMore;
        var common = new CommonOptions();
        var threads = new ThreadsOption();
        var value = new Option<string>("--value") { Description = "The threshold: a row is an anomaly if its score is greater.", HelpName = "NUMBER" };
        var rule = new Option<string>("--rule") { Description = $"Finds the threshold in the scores of DATA, for example contamination:5/720 for 5 alerts in 720 rows. Rules: {string.Join(", ", ThresholdRule.TextForms)}.", HelpName = "RULE" };
        var output = new Option<string>("--out") { Description = "The model file to write; another one than MODEL.", HelpName = "FILE", Required = true };
        command.Arguments.Add(model);
        command.Arguments.Add(data.Data);
        foreach (Option option in (Option[])[value, rule, output, threads.Option])
            command.Options.Add(option);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            var chosen = Rule(parsed.GetValue(value), parsed.GetValue(rule));
            bool hasData = parsed.GetValue(data.Data)!.Length > 0;
            if (chosen.NeedsScores && !hasData)
                throw new UsageException("--rule looks at scores: name the rows to score, for example 'anomalykit threshold MODEL DATA --rule contamination:0.01 --out FILE'.");
            string source = parsed.GetValue(model)!;
            string path = parsed.GetValue(output)!;
            OutputPath.Check("--out", path, source);
            var before = ModelArgument.Load(source);
            ThresholdResult result;
            if (hasData)
            {
                var files = data.Files(parsed);
                OutputPath.Check("--out", path, OutputPath.Of(files));
                result = ProgressView.Run(context, "Scoring", progress =>
                {
                    using var reader = before.OpenFiles(files, reading: data.Reading(parsed, context.Say, threads.Value(parsed)), cancellationToken: context.CancellationToken);
                    var scoring = new TableScoreOptions { MaxDegreeOfParallelism = threads.Value(parsed), Progress = ProgressView.Rows(reader, "scored", progress) };
                    return before.FindThreshold(chosen, reader, scoring, context.CancellationToken);
                });
            }
            else
            {
                result = new ThresholdResult(before.WithThreshold(chosen, []), 0, 0);
            }

            result.Detector.Save(path);
            Report(context, before, result, path, hasData, common.Json(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static ThresholdRule Rule(string? value, string? rule)
    {
        if ((value is null) == (rule is null))
            throw new UsageException("Give the threshold by --value NUMBER or by --rule RULE, one of the two.");
        if (value is not null)
        {
            return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? ThresholdRule.Fixed(number)
                : throw new UsageException($"--value takes a number with a decimal point, not '{value}'. A rule such as contamination:0.01 is given by --rule.");
        }

        try
        {
            return ThresholdRule.Parse(rule!);
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>What the scores that the model remembers say against a threshold that was found in others.</summary>
    private static string? Contradiction(TableDetector before, TableDetector detector, ThresholdResult result)
    {
        const double Far = 3;
        // By the scores of the fit: those of the rows that the threshold was found in have been counted.
        if (result.RowCount == 0 || before.WithThreshold(detector.Threshold).AlertFraction() is not { } trained)
            return null;
        double wanted = Math.Max((double)result.AnomalyCount / result.RowCount, before.AlertFraction() ?? 0);
        return trained > Far * wanted
            ? string.Create(CultureInfo.InvariantCulture, $"{trained:P1} of the training rows lie above this threshold. {(result.RowCount < 1000 ? $"It was found in {result.RowCount:N0} rows only: give it more, or a number by --value." : "The rows differ from those of the fit: see 'anomalykit drift'.")}")
            : null;
    }

    /// <summary>A threshold with the digits that people need: six, or all where another one would look the same.</summary>
    private static string Digits(TableDetector detector, TableDetector other)
    {
        string text = detector.Threshold.ToString("G6", CultureInfo.InvariantCulture);
        bool looksAlike = detector.Threshold != other.Threshold && text == other.Threshold.ToString("G6", CultureInfo.InvariantCulture);
        return looksAlike ? detector.Threshold.ToString("R", CultureInfo.InvariantCulture) : text;
    }

    private static string Replaced(TableDetector detector, TableDetector before)
    {
        if (detector.Threshold == before.Threshold)
            return before.Detector.ThresholdOrigin == detector.Detector.ThresholdOrigin ? "unchanged" : $"unchanged; before: {before.Detector.ThresholdOrigin}";
        return $"in place of {Digits(before, detector)} ({before.Detector.ThresholdOrigin})";
    }

    private static void Report(ToolContext context, TableDetector before, ThresholdResult result, string path, bool hasData, bool asJson)
    {
        var detector = result.Detector;
        double fraction = result.RowCount > 0 ? (double)result.AnomalyCount / result.RowCount : double.NaN;
        string counted = hasData ? string.Create(CultureInfo.InvariantCulture, $"; {result.AnomalyCount:N0} of {result.RowCount:N0} rows are anomalies") : "";
        context.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"threshold {Digits(detector, before)} ({detector.Detector.ThresholdOrigin}) {Replaced(detector, before)}{counted} → {path}"));
        if (hasData && Contradiction(before, detector, result) is { } note)
            context.Say($"note: {note}");
        if (result.AreFittedRows)
            context.Say("note: the model was fitted on these very rows; rows that it has not seen may score higher, and would then give a higher threshold.");
        if (!asJson)
            return;
        var document = JsonText.Document("threshold");
        document["model"] = path;
        document["threshold"] = JsonText.Number(detector.Threshold);
        document["threshold_origin"] = detector.Detector.ThresholdOrigin;
        document["previous_threshold"] = JsonText.Number(before.Threshold);
        document["previous_threshold_origin"] = before.Detector.ThresholdOrigin;
        document["rows"] = hasData ? result.RowCount : null;
        document["anomalies"] = hasData ? result.AnomalyCount : null;
        document["alert_share"] = JsonText.Number(fraction);
        document["are_fitted_rows"] = hasData ? result.AreFittedRows : null;
        JsonText.Write(context, document);
    }
}
