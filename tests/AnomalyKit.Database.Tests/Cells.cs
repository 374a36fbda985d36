namespace AnomalyKit.Tests.Database;

/// <summary>The cells of tables as texts.</summary>
internal static class Cells
{
    public static IReadOnlyList<string?> Texts(this FeatureTable table, string name) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => table[name].Text(row))];
}
