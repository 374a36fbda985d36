namespace AnomalyKit.Dashboard.Answers;

/// <summary>Where the answers about a model's rows are kept.</summary>
internal static class AnswersPath
{
    private const string Model = "{model}", Version = "{version}";

    public static bool IsPerModel(string pattern) => pattern.Contains(Model, StringComparison.Ordinal);

    /// <summary>The full path; what a file's name cannot hold is escaped in names of models.</summary>
    public static string Of(string pattern, ServedModel model) => Path.GetFullPath(NameOf(pattern, model));

    /// <summary>The path as the host named it, for viewers.</summary>
    public static string NameOf(string pattern, ServedModel model) =>
        pattern.Replace(Model, Uri.EscapeDataString(model.Name), StringComparison.Ordinal).Replace(Version, Uri.EscapeDataString(model.Version), StringComparison.Ordinal);
}
