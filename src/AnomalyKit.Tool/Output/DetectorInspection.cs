using System.Text.Json.Nodes;
using AnomalyKit.TextValues;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>The options of a detector, for people and programs.</summary>
internal static class DetectorInspection
{
    public static void Write(ToolContext context, string name, bool asJson)
    {
        IReadOnlyList<TrainerOption> options;
        try
        {
            options = TrainerOptions.Read(DetectorTrainers.Create(name));
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ErrorText.Of(e));
        }

        if (asJson)
        {
            var document = JsonText.Document("detector");
            document["detector"] = name;
            document["description"] = DetectorTrainers.Describe(name);
            document["options"] = new JsonArray([.. options.Select(option => (JsonNode)new JsonObject
            {
                ["name"] = option.Name,
                ["value"] = option.Value,
                ["default"] = option.Default,
                ["description"] = option.Description,
                ["allowed"] = option.Allowed,
            })]);
            JsonText.Write(context, document);
            return;
        }

        context.Text.WriteLine($"{name}: {DetectorTrainers.Describe(name)}");
        foreach (var option in options)
        {
            context.Text.WriteLine();
            context.Text.WriteLine($"--set {option.Name}={option.Value}");
            context.Text.WriteLine($"    {option.Description}");
            context.Text.WriteLine($"    {SentenceText.Capital(option.Allowed)}.");
        }
    }
}
