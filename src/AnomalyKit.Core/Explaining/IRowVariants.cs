namespace AnomalyKit.Explaining;

/// <summary>A row whose values can be exchanged for others, and scored.</summary>
internal interface IRowVariants
{
    /// <summary>The number of columns.</summary>
    int Count { get; }

    string NameOf(int column);

    CellValue ValueOf(int column);

    /// <summary>What is usual in a column; null where the detector keeps no profile.</summary>
    ColumnProfile? ProfileOf(int column);

    /// <summary>Whether the profile looked at some of the training rows only.</summary>
    bool IsSampled { get; }

    /// <summary>A number as the detector sees it: rounded to a cell of the matrix.</summary>
    double CellOf(int column, double number);

    /// <summary>Whether the row has a level that no training row had, for sure.</summary>
    bool IsUnseen(int column);

    /// <summary>A date of which only parts are looked at that come round again; null otherwise.</summary>
    DatePeriod? PeriodOf(int column);

    /// <summary>What numbers in the columns that the detector sees mean in the row's own column: a number, or of a date the ticks; null where they mean neither.</summary>
    /// <param name="column">The row's column.</param>
    /// <param name="seen">One number for each column that the detector sees of it.</param>
    double? MeaningOf(int column, ReadOnlySpan<double> seen);

    /// <summary>What the detector takes in place of a missing cell; null where it takes nothing.</summary>
    string? StandInOf(int column);

    /// <summary>Scores the row once for each variant.</summary>
    float[] Score(IReadOnlyList<Variant> variants);
}
