using AnomalyKit.Parquet.Cells;

namespace AnomalyKit.Parquet.Reading;

/// <summary>What cells of several files have in common.</summary>
internal static class Shapes
{
    public static ColumnKind Kind(CellShape shape) => shape switch
    {
        CellShape.Text => ColumnKind.Category,
        CellShape.Boolean => ColumnKind.Boolean,
        CellShape.Utc or CellShape.WallClock => ColumnKind.DateTime,
        _ => ColumnKind.Number,
    };

    /// <summary>A shape that holds both; <see langword="null"/> where there is none.</summary>
    public static CellShape? Common(CellShape one, CellShape other)
    {
        if (one == other)
            return one;
        return Kind(one) == ColumnKind.Number && Kind(other) == ColumnKind.Number ? CellShape.Double : null;
    }

    public static string Describe(CellShape shape) => shape switch
    {
        CellShape.Single => "numbers of single precision",
        CellShape.Double => "numbers of double precision",
        CellShape.Int64 => "whole numbers",
        CellShape.Boolean => "booleans",
        CellShape.Text => "text",
        CellShape.Utc => "points in time (UTC)",
        _ => "times without a zone",
    };
}
