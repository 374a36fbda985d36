using Microsoft.ML;

namespace AnomalyKit.ML.Rows;

/// <summary>Names of columns that exist within a pipeline only: they are dropped at its end. Saved pipelines contain them, so they stay as they are.</summary>
internal static class PipelineColumns
{
    public const string Prefix = "AnomalyKit.";
    public const string Features = "AnomalyKit.Features";
    public const string Numbers = "AnomalyKit.Numbers";
    public const string Words = "AnomalyKit.Words";
    public const string Times = "AnomalyKit.Times";
    public const string Instants = "AnomalyKit.Instants";
    public const string Key = "AnomalyKit.Key";
    public const string Model = "AnomalyKit.Model";
    public const string PValue = "AnomalyKit.PValue";

    /// <summary>Refuses columns that a pipeline would hide.</summary>
    /// <exception cref="ArgumentException">There is one.</exception>
    public static void ThrowIfTaken(DataViewSchema schema)
    {
        foreach (var column in schema)
        {
            if (!column.IsHidden && column.Name.StartsWith(Prefix, StringComparison.Ordinal))
                throw new ArgumentException($"Column '{column.Name}': saved pipelines and prediction engines need names that begin with '{Prefix}' for themselves. Rename it, for example by CopyColumns.", nameof(schema));
        }
    }

    /// <summary>The column that holds a cell of one of the detector's columns as the group needs it.</summary>
    public static string Cell(int column) => $"AnomalyKit.Cell{column}";
}
