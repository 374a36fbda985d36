using System.Globalization;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>What a label column says of the rows, in one line.</summary>
internal readonly record struct LabelCounts(long Anomalies, long Normals, long Unknown)
{
    public static LabelCounts Of(IEnumerable<bool?> labels)
    {
        var (anomalies, normals, unknown) = (0L, 0L, 0L);
        foreach (bool? label in labels)
            (anomalies, normals, unknown) = label switch { true => (anomalies + 1, normals, unknown), false => (anomalies, normals + 1, unknown), _ => (anomalies, normals, unknown + 1) };
        return new LabelCounts(anomalies, normals, unknown);
    }

    /// <summary>Says how many rows have no label, where there are any; refuses rows of which none has one.</summary>
    /// <exception cref="TableDataException">No row has a label.</exception>
    public void Check(ToolContext context, string column)
    {
        if (Anomalies + Normals == 0)
            throw new TableDataException(string.Create(CultureInfo.InvariantCulture, $"The column '{column}' is missing in all {Unknown:N0} rows, so there is no label to measure by."), columnName: column);
        if (Unknown > 0)
            context.Say($"{Text(column)} Rows without a label are not measured.");
    }

    public string Text(string column) => string.Create(CultureInfo.InvariantCulture, $"Labels in '{column}': {Anomalies:N0} {(Anomalies == 1 ? "anomaly" : "anomalies")}, {Normals:N0} normal, {Unknown:N0} unknown.");
}
