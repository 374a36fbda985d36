namespace AnomalyKit.Persistence;

/// <summary>How a model's origin lies in its file: three values, each absent where nothing is said.</summary>
internal static class OriginFormat
{
    public const string Scope = "origin";

    public static void Write(ModelWriter writer, ModelOrigin origin)
    {
        if (origin.Program is { } program)
            writer.Set("program", program);
        if (origin.Trainer is { } trainer)
            writer.Set("trainer", trainer);
        if (origin.Settings.Count > 0)
            writer.Set("settings", TextList.ToJson(origin.Settings));
    }

    public static ModelOrigin? Read(ModelReader reader)
    {
        bool hasProgram = reader.TryGetString("program", out string? program);
        bool hasTrainer = reader.TryGetString("trainer", out string? trainer);
        bool hasSettings = reader.TryGetString("settings", out string? settings);
        return hasProgram || hasTrainer || hasSettings
            ? new ModelOrigin { Program = program, Trainer = trainer, Settings = hasSettings ? TextList.FromJson(settings!, "origin/settings") : [] }
            : null;
    }
}
