namespace AnomalyKit.Parquet.Cells;

/// <summary>Converts a cell.</summary>
internal delegate TCell MapCell<in T, out TCell>(T cell, long row, string column);
