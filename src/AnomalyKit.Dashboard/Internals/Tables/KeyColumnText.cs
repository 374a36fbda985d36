using AnomalyKit.CommandWords;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>Names of columns as a viewer types them: with commas between, as in <c>--keep A,B</c>.</summary>
internal static class KeyColumnText
{
    /// <summary>The names in their order, each once.</summary>
    public static string[] Read(string text) => [.. CommaList.Split(text).Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
}
