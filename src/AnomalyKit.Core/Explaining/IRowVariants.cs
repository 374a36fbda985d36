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

    /// <summary>Scores the row once for each variant.</summary>
    float[] Score(IReadOnlyList<Variant> variants);
}
