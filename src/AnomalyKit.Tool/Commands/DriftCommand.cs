using System.CommandLine;
using System.Globalization;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;
using AnomalyKit.TextValues;

namespace AnomalyKit.Tool.Commands;

/// <summary>Compares rows with those that a model was fitted on.</summary>
internal static class DriftCommand
{
    // Below, a double loses its digits and then is none: such a p-value is no more than "less than this".
    private const double LeastPValue = 1e-300;

    private const string OfTrainingRows = "The reference scores are those of the training rows. They may differ from scores of new rows even if nothing has changed. Fit with a conformal calibration to use scores of held-out rows.";
    private const string OfReviewedRows = "The reference scores are those of the rows that the model was reviewed with, and it has learned from answers about some of them. They may differ from scores of new rows even if nothing has changed.";

    private static readonly DriftOptions Defaults = new();

    public static Command Create(ToolContext context)
    {
        var command = new Command("drift", "Compares rows with those that the model was fitted on: which columns moved, and what that does to scores and alerts.");
        var model = ModelArgument.Create();
        var data = new DataOptions();
        var common = new CommonOptions();
        var threads = new ThreadsOption();
        var report = new Option<string>("--report") { Description = "Writes a page of the comparison: .html, or .json for programs.", HelpName = "FILE" };
        var ignore = ListOption.Create("--ignore", "Columns that are not compared. The detector still uses them.");
        var dates = new Option<bool>("--compare-dates") { Description = "Compares the values of columns of dates, too. By default they are not compared, because later rows have later dates." };
        var effect = new Option<double>("--min-effect")
        {
            Description = "The least effect of a column or of the scores that counts as drift, from 0 to 1: the greatest difference of the two distributions. Smaller changes are named, but do not count.",
            HelpName = "EFFECT",
            DefaultValueFactory = _ => Defaults.MinEffect,
        };
        var missing = new Option<double>("--min-missing-change")
        {
            Description = "The least change of the fraction of missing cells that counts as drift, from 0 to 1.",
            HelpName = "FRACTION",
            DefaultValueFactory = _ => Defaults.MinMissingChange,
        };
        var ratio = new Option<double>("--min-alert-ratio")
        {
            Description = "The fraction of alerts counts as drift once it has grown or shrunk by this factor. At least 1.",
            HelpName = "TIMES",
            DefaultValueFactory = _ => Defaults.MinAlertRatio,
        };
        command.Arguments.Add(model);
        command.Arguments.Add(data.Data);
        command.Options.Add(report);
        command.Options.Add(ignore);
        command.Options.Add(dates);
        command.Options.Add(effect);
        command.Options.Add(missing);
        command.Options.Add(ratio);
        command.Options.Add(threads.Option);
        var fails = new Option<bool>("--fail-on-drift") { Description = $"Ends with exit code {ExitCode.Drifted} where columns, scores or the share of alerts drifted, for jobs that go by exit codes." };
        command.Options.Add(fails);
        var groups = new DriftByGroup();
        groups.AddTo(command);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            var detector = ModelArgument.Load(parsed.GetValue(model)!);
            var options = Options(parsed.GetValue(ignore)!) with { ComparesDates = parsed.GetValue(dates), MinEffect = Fraction(parsed, effect), MinMissingChange = Fraction(parsed, missing), MinAlertRatio = Ratio(parsed, ratio) };
            var files = data.Files(parsed);
            OutputPath.Check("--report", parsed.GetValue(report), [parsed.GetValue(model)!, .. OutputPath.Of(files)]);
            OutputPath.CheckReport(parsed.GetValue(report));
            if (groups.IsGiven(parsed))
            {
                OutputPath.Check("--report", parsed.GetValue(report), OutputPath.Of(groups.Reference(parsed, data)));
                var drift = groups.Run(context, parsed, detector, data, files, options, threads.Value(parsed), parsed.GetValue(report), common.Json(parsed));
                // That is a column that cannot make groups, and no good sign to a job that goes by exit codes.
                if (parsed.GetValue(fails) && drift.Groups.All(group => group.Comparison is null))
                    throw new TableDataException($"--fail-on-drift: no group of '{drift.ColumnName}' has rows on both sides, so nothing was compared. Choose a column whose values are in both tables.", columnName: drift.ColumnName);
                int moved = drift.Groups.Count(group => group.IsDrifted);
                return parsed.GetValue(fails) && drift.IsDrifted ? Failed(context, moved == 1 ? "1 group" : $"{moved} groups") : ExitCode.Done;
            }

            var comparison = ProgressView.Run(context, "Reading", progress =>
            {
                using var reader = detector.OpenFiles(files, reading: data.Reading(parsed, context.Say, threads.Value(parsed)), cancellationToken: context.CancellationToken);
                var scoring = new TableScoreOptions { MaxDegreeOfParallelism = threads.Value(parsed), Progress = ProgressView.Rows(reader, "compared", progress) };
                return detector.CompareDrift(reader, options, scoring, context.CancellationToken);
            });
            var page = new DriftReport(comparison) { Title = $"Drift of {files}", Advice = Advice(detector, comparison) };
            if (parsed.GetValue(report) is { } path)
                page.Save(path);
            if (common.Json(parsed))
                JsonText.Write(context, page.ToJson());
            else
                Print(context, page);
            return parsed.GetValue(fails) && comparison.IsDrifted ? Failed(context, Drifted(comparison)) : ExitCode.Done;
        });
        return command;
    }

    /// <summary>What to do, in words of the command. What has learned from answers has its scores from their session, and no fit would set rows aside for it.</summary>
    private static string Advice(TableDetector detector, DriftComparison comparison)
    {
        string advice = new DriftReport(comparison).Advice;
        return Remedies.Translate(detector.Detector is FeedbackDetector ? advice.Replace(OfTrainingRows, OfReviewedRows, StringComparison.Ordinal) : advice);
    }

    private static DriftOptions Options(string[] ignored)
    {
        try
        {
            return new DriftOptions { IgnoredColumns = ignored };
        }
        catch (ArgumentException)
        {
            throw new UsageException("--ignore has a blank name. Leave it out.");
        }
    }

    private static double Fraction(ParseResult parsed, Option<double> option) => parsed.GetValue(option) is var value and >= 0 and <= 1
        ? value
        : throw new UsageException($"{option.Name} takes a number from 0 to 1, not {parsed.GetValue(option).ToString(CultureInfo.InvariantCulture)}.");

    private static double Ratio(ParseResult parsed, Option<double> option) => parsed.GetValue(option) is var value and >= 1 && double.IsFinite(value)
        ? value
        : throw new UsageException($"{option.Name} takes a number from 1, not {parsed.GetValue(option).ToString(CultureInfo.InvariantCulture)}.");

    private static void Print(ToolContext context, DriftReport report)
    {
        var table = new TextTable("column", "status", ">effect", ">p_value", ">missing before", ">missing now", "change");
        foreach (var column in report.Comparison.Columns.Concat(report.Comparison.Scores is { } scores ? [scores] : []).OrderByDescending(column => column.IsDrifted))
        {
            table.Row(
                ReferenceEquals(column, report.Comparison.Scores) ? "(scores)" : column.Name, Status(column), column.Status == DriftStatus.NotCompared ? "-" : Number(column.DriftEffect), column.Status == DriftStatus.NotCompared ? "-" : PValue(column.DriftPValue), column.IsMissingCounted ? Percent(column.ReferenceMissingFraction) : "-", column.IsMissingCounted ? Percent(column.CurrentMissingFraction) : "-", column.Change);
        }

        table.Write(context);
        context.Text.WriteLine($"{SentenceText.Capital(TextTable.Printable(report.Comparison.ToString()))}.");
        context.Text.WriteLine(report.Advice);
        if (report.GroupColumn is { } grouping)
            context.Text.WriteLine($"To compare each device, shop or service by itself: --by COLUMN --reference DATA, for example --by {TextTable.Printable(grouping)}.");
    }

    private static string Status(ColumnDrift column) =>
        column.Status == DriftStatus.NotCompared ? $"not compared: {column.NotComparedReason}" : column.IsMissingDrift ? "Drifted (missing cells)"
        : column is { Status: DriftStatus.Stable, IsSmallChange: true } ? "Stable (small change)" : column.Status.ToString();

    /// <summary>Why --fail-on-drift ends as it does.</summary>
    private static int Failed(ToolContext context, params IEnumerable<string> drifted)
    {
        context.Say($"--fail-on-drift: exit code {ExitCode.Drifted}, because of drift in {string.Join(", ", drifted)}.");
        return ExitCode.Drifted;
    }

    private static IEnumerable<string> Drifted(DriftComparison comparison)
    {
        int columns = comparison.Columns.Count(column => column.IsDrifted);
        if (columns > 0)
            yield return columns == 1 ? "1 column" : $"{columns} columns";
        if (comparison.Scores?.IsDrifted == true)
            yield return "the scores";
        if (comparison.Alerts?.IsDrifted == true)
            yield return "the share of alerts";
    }

    private static string PValue(double value) => value < LeastPValue ? "< 1e-300" : Number(value);

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Percent(double value) => double.IsNaN(value) ? "-" : PercentText.Fixed(value);
}
