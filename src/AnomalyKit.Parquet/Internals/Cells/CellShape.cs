namespace AnomalyKit.Parquet.Cells;

/// <summary>What kind of column cells become.</summary>
internal enum CellShape
{
    Single,
    Double,
    Int64,
    Boolean,
    Text,
    Utc,
    WallClock,
}
