namespace AnomalyKit;

/// <summary>What happens to a row that cannot be read: too few or too many cells, a cell that is not a finite number, a label that is
/// none.</summary>
public enum CsvBadRows
{
    /// <summary>Reading throws a <see cref="CsvFormatException"/> at the row. This is the default.</summary>
    Refuse,

    /// <summary>The row is left out, counted and passed to <see cref="CsvOptions.BadRowReport"/>, up to
    /// <see cref="CsvOptions.MaxSkippedRows"/> rows.</summary>
    Skip,
}
