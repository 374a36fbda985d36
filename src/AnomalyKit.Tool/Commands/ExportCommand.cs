using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;
using AnomalyKit.Tool.Verifying;

namespace AnomalyKit.Tool.Commands;

/// <summary>Writes a model in a form that other runtimes read.</summary>
internal static class ExportCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command("export", "Writes a model as an ONNX file: raw rows in, score, label and p_value out, in any runtime of the format.");
        var model = ModelArgument.Create();
        var common = new CommonOptions();
        var data = new DataOptions();
        var output = new Option<string>("--out") { Description = "The file, customarily .onnx; it appears whole or not at all.", HelpName = "FILE", Required = true };
        var verify = ListOption.Create("--verify", "Rows (files, folders or patterns) that ONNX Runtime scores beside AnomalyKit before the file is written: the largest difference is shown, and a file that differs is not written.");
        var inputs = new Option<string>("--inputs") { Description = "'matrix' for one input of all columns, 'columns' for one input per column; by default matrix where all columns are numbers.", HelpName = "FORM" };
        var codes = new Option<bool>("--category-codes") { Description = "Categories are handed over as numbers of levels (int64), not as words." };
        var members = new Option<bool>("--members") { Description = "Adds an output member_scores, for ensembles." };
        var prefix = new Option<string>("--output-prefix") { Description = "What names of outputs begin with.", HelpName = "TEXT" };
        command.Arguments.Add(model);
        foreach (Option option in (Option[])[output, verify, inputs, codes, members, prefix])
            command.Options.Add(option);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            string path = parsed.GetValue(output)!;
            string[] rows = parsed.GetValue(verify)!;
            if (rows.Length == 0 && data.Given(parsed) is [var useless, ..])
                throw new UsageException($"{useless} says how the rows of --verify are read. Give --verify, or leave it out.");
            var files = rows.Length > 0 ? TableFiles.Find(rows, data.FormatOf(parsed)) : null;
            OutputPath.Check("--out", path, [parsed.GetValue(model)!, .. files is null ? [] : OutputPath.Of(files)]);
            var options = new OnnxOptions
            {
                InputForm = Form(parsed.GetValue(inputs)),
                CategoryType = parsed.GetValue(codes) ? OnnxCategoryType.Code : OnnxCategoryType.Text,
                IncludeMemberScores = parsed.GetValue(members),
                OutputPrefix = parsed.GetValue(prefix) ?? string.Empty,
            };
            var detector = ModelArgument.Load(parsed.GetValue(model)!);
            var exported = detector.ToOnnx(options);
            var comparison = files is null ? null : Verify(context, detector, exported, options, files, data.Reading(parsed, context.Say));
            exported.Save(path);
            context.Say(string.Create(CultureInfo.InvariantCulture, $"{exported.Length:N0} bytes, opset {exported.Opset}, {exported.Inputs.Count} inputs → {path}"));
            if (common.Json(parsed))
                JsonText.Write(context, Document(exported, comparison, path));
            return ExitCode.Done;
        });
        return command;
    }

    private static OnnxComparison Verify(ToolContext context, TableDetector detector, OnnxModel model, OnnxOptions options, TableFiles files, TableReadOptions reading)
    {
        var comparison = ProgressView.Run(context, "Comparing", report =>
        {
            using var reader = detector.OpenFiles(files, reading: reading, cancellationToken: context.CancellationToken);
            return OnnxComparison.Of(detector, model, options, reader, ProgressView.Rows(reader, "compared", report), context.CancellationToken);
        });
        context.Say(comparison.ToString());
        return comparison.IsClose ? comparison : throw new InvalidOperationException($"The exported model scores these rows differently in ONNX Runtime: {comparison} The file was not written. Please report it, with the model.");
    }

    private static OnnxInputForm? Form(string? text) => text switch
    {
        null => null,
        "matrix" => OnnxInputForm.Matrix,
        "columns" => OnnxInputForm.Columns,
        _ => throw new UsageException($"--inputs takes 'matrix' or 'columns', not '{text}'."),
    };

    private static JsonObject Document(OnnxModel model, OnnxComparison? comparison, string path)
    {
        var document = JsonText.Document("export");
        document["bytes"] = model.Length;
        document["opset"] = model.Opset;
        document["inputs"] = new JsonArray([.. model.Inputs.Select(Tensor)]);
        document["outputs"] = new JsonArray([.. model.Outputs.Select(Tensor)]);
        if (comparison is not null)
        {
            document["verified_rows"] = comparison.RowCount;
            document["largest_difference"] = comparison.LargestDifference;
            document["different_labels"] = comparison.DifferentLabels;
        }

        document["out"] = path;
        return document;
    }

    private static JsonNode Tensor(OnnxTensor tensor) => new JsonObject { ["name"] = tensor.Name, ["type"] = tensor.ElementType.ToString(), ["columns"] = tensor.ColumnCount };
}
