namespace AnomalyKit.Naming;

/// <summary>Texts within filters.</summary>
internal static class FilterText
{
    /// <summary>A text in quotes; null where it holds both kinds: MLflow's language has no way to write a quote within quotes of its kind.</summary>
    public static string? Quoted(string value) => !value.Contains('\'', StringComparison.Ordinal) ? $"'{value}'" : !value.Contains('"', StringComparison.Ordinal) ? $"\"{value}\"" : null;
}
