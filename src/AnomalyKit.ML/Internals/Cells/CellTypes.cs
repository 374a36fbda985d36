using Microsoft.ML.Data;

namespace AnomalyKit.ML.Cells;

/// <summary>What the types of ML.NET are in a table.</summary>
internal static class CellTypes
{
    /// <summary>The kind of column that holds such cells; null where no table does.</summary>
    /// <param name="type">The type.</param>
    /// <param name="everyDigit">Whether numbers that a double rounds become text.</param>
    public static ColumnKind? Kind(DataViewType type, bool everyDigit) => type switch
    {
        NumberDataViewType when everyDigit && type.RawType == typeof(ulong) => ColumnKind.Category,
        KeyDataViewType => ColumnKind.Category,
        NumberDataViewType or TimeSpanDataViewType => ColumnKind.Number,
        BooleanDataViewType => ColumnKind.Boolean,
        TextDataViewType => ColumnKind.Category,
        DateTimeDataViewType or DateTimeOffsetDataViewType => ColumnKind.DateTime,
        _ => null,
    };
}
