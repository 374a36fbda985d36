using System.Globalization;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>What a model is, for people and programs.</summary>
internal static class ModelInspection
{
    private const int MostParts = 6;

    // How a session says where its threshold comes from; any other was set by a rule or by hand.
    private const string SessionOrigin = "as the base detector flags";

    public static void Write(ToolContext context, string path, TableDetector model, bool asJson)
    {
        var info = model.Detector.Info;
        var profile = model.Profile;
        if (asJson)
        {
            var document = JsonText.Document("model");
            document["model"] = path;
            document["detector"] = info.Kind;
            document["score"] = info.ScoreDefinition;
            document["threshold"] = JsonText.Number(model.Threshold);
            document["threshold_origin"] = model.Detector.ThresholdOrigin;
            document["calibration"] = model.Detector.Calibrator?.Kind;
            document["calibration_rows"] = model.CalibrationRowCount;
            document["rows"] = profile?.RowCount;
            document["alert_share"] = model.AlertFraction();
            document["alert_rows"] = profile?.AlertRowCount;
            if (model.Detector is FeedbackDetector feedback)
                document["answers"] = new JsonObject { ["anomalies"] = feedback.AnomalyCount, ["normals"] = feedback.NormalCount };
            document["program"] = model.Origin?.Program;
            document["trainer"] = model.Origin?.Trainer;
            document["settings"] = new JsonArray([.. (model.Origin?.Settings ?? []).Select(setting => (JsonNode)setting)]);
            document["chosen_settings"] = new JsonArray([.. Chosen(model).Select(setting => (JsonNode)setting)]);
            document["columns"] = new JsonArray([.. model.Preparation.Schema.Fields.Select(field => (JsonNode)new JsonObject
            {
                ["name"] = field.Name,
                ["kind"] = field.Kind.ToString().ToLowerInvariant(),
            })]);
            document["prepared_columns"] = new JsonArray([.. model.Detector.Schema.ColumnNames.Select(name => (JsonNode)name)]);
            JsonText.Write(context, document);
            return;
        }

        context.Text.WriteLine($"{path}: {model.Origin?.Trainer ?? info.Kind}");
        context.Text.WriteLine($"Score: {info.ScoreDefinition}");
        context.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Threshold: {model.Threshold:G6} ({model.Detector.ThresholdOrigin}); a higher score is an anomaly"));
        context.Text.WriteLine($"Calibration: {model.Detector.Calibrator?.Kind ?? "none, so scores have no p-values"}");
        if (profile is not null)
            context.Text.WriteLine(model.Detector is FeedbackDetector learned ? Rows(profile, model.AlertFraction(), learned) : Rows(profile, model.AlertFraction(), model.CalibrationRowCount));
        if (model.Origin is { } origin)
            context.Text.WriteLine($"Made by {origin.Program ?? "an unknown program"} with {string.Join(", ", ChangedSettings(origin).DefaultIfEmpty("the default options"))}");
        if (Chosen(model) is { Length: > 0 } chosen)
            context.Text.WriteLine($"Chosen by the fit: {string.Join(", ", chosen)}");
        var table = new TextTable("column", "kind", ">missing", ">low", ">usual", ">high", "becomes");
        foreach (var field in model.Preparation.Schema.Fields)
        {
            var column = profile?.Columns.FirstOrDefault(one => one.Name == field.Name);
            table.Row(field.Name, field.Kind.ToString().ToLowerInvariant(), column is null ? "-" : column.MissingFraction.ToString("P1", CultureInfo.InvariantCulture), Quantile(column, 0.05), Quantile(column, 0.5), Quantile(column, 0.95), Prepared(model.Preparation, field.Name));
        }

        table.Write(context);
        context.Text.WriteLine($"low, usual, high: {(profile?.Columns.Any(column => column.SampledCount < 0.999 * (1 - column.MissingFraction) * profile.RowCount) == true ? "about " : "")}the 5 %, 50 % and 95 % quantiles of the training rows.");
    }

    private static string Rows(ReferenceProfile profile, double? alerts, int? setAside) => setAside is { } rows
        ? string.Create(CultureInfo.InvariantCulture, $"Fitted on {profile.RowCount - rows:N0} of {profile.RowCount:N0} rows; {rows:N0} were set aside for the calibration{(profile.AlertRowCount == profile.Scores?.Count ? $", {alerts:P2} of those are above the threshold" : $"; {alerts:P2} of the {profile.AlertRowCount:N0} rows that the threshold was set on are above it")}")
        : string.Create(CultureInfo.InvariantCulture, $"Fitted on {profile.RowCount:N0} rows{(alerts is null ? "" : profile.AlertRowCount == profile.Scores?.Count ? $", {alerts:P2} of them above the threshold" : $"; {alerts:P2} of the {profile.AlertRowCount:N0} rows that the threshold was set on are above it")}");

    /// <summary>Rows of the fit, and of the session of answers: the calibration is that of the latter, as is the threshold until it is replaced.</summary>
    private static string Rows(ReferenceProfile profile, double? alerts, FeedbackDetector learned)
    {
        int? setAside = learned.BaseDetector.Calibrator is ConformalCalibrator aside && aside.CalibrationRowCount < profile.RowCount ? aside.CalibrationRowCount : null;
        string fitted = setAside is { } rows
            ? string.Create(CultureInfo.InvariantCulture, $"Fitted on {profile.RowCount - rows:N0} of {profile.RowCount:N0} rows")
            : string.Create(CultureInfo.InvariantCulture, $"Fitted on {profile.RowCount:N0} rows");
        int answers = learned.AnomalyCount + learned.NormalCount;
        string text = string.Create(CultureInfo.InvariantCulture, $"{fitted}, and then learned from {answers:N0} {(answers == 1 ? "answer" : "answers")} ({learned.AnomalyCount:N0} {(learned.AnomalyCount == 1 ? "anomaly" : "anomalies")}, {learned.NormalCount:N0} normal)");
        if (alerts is null)
            return text;
        if (learned.ThresholdOrigin.EndsWith(SessionOrigin, StringComparison.Ordinal))
        {
            string set = learned.Calibrator is null ? "The threshold was" : "Threshold and calibration were";
            return string.Create(CultureInfo.InvariantCulture, $"{text}. {set} set on the {profile.AlertRowCount:N0} rows of that session; {alerts:P2} of them are above the threshold");
        }

        string calibrated = learned.Calibrator is null ? "" : " The calibration was set on the rows of that session.";
        string counted = profile.AlertThreshold == learned.Threshold ? string.Create(CultureInfo.InvariantCulture, $"the {profile.AlertRowCount:N0} rows that the threshold was set on are above it") : "the rows of that session are above the threshold";
        return string.Create(CultureInfo.InvariantCulture, $"{text}.{calibrated} {alerts:P2} of {counted}");
    }

    /// <summary>The columns that the detector sees in place of one of the table.</summary>
    private static string Prepared(FittedPreparation preparation, string name)
    {
        string[] parts = [.. preparation.Columns.Where(column => column.SourceName == name && column.Name != name).Select(column => column.Part)];
        string more = parts.Length > MostParts ? string.Create(CultureInfo.InvariantCulture, $", … ({parts.Length:N0} columns)") : "";
        return parts.Length == 0 ? "-" : string.Join(", ", parts.Take(MostParts)) + more;
    }

    /// <summary>What the fit put in place of options that were left to it.</summary>
    private static string[] Chosen(TableDetector model) => [.. TrainerOptions.ReadChosen(model.Detector).Select(option => $"{option.Key}={option.Value}").Order(StringComparer.Ordinal)];

    /// <summary>The options that are not those the trainer has by default; all of them where the trainer is not known.</summary>
    private static IEnumerable<string> ChangedSettings(ModelOrigin origin) => DetectorTrainers.Names.Contains(origin.Trainer)
        ? origin.Settings.Except(TrainerOrigin.Of(new TableTrainer(DetectorTrainers.Create(origin.Trainer!))).Settings)
        : origin.Settings;

    private static string Quantile(ColumnProfile? column, double probability) =>
        column?.Sketch is { } sketch && column.Kind == ColumnKind.Number && sketch.Count > 0 ? sketch.Quantile(probability).ToString("G6", CultureInfo.InvariantCulture) : "-";
}
