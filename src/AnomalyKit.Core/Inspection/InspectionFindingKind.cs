namespace AnomalyKit;

/// <summary>What you should know about a table before a detector is fitted.</summary>
public enum InspectionFindingKind
{
    /// <summary>The table has no rows.</summary>
    NoRows,

    /// <summary>The table has so few rows that what is usual can hardly be told.</summary>
    FewRows,

    /// <summary>A column has no value in any row.</summary>
    AllMissing,

    /// <summary>A column has missing cells.</summary>
    MissingCells,

    /// <summary>A column has infinite cells.</summary>
    InfiniteCells,

    /// <summary>A column names its rows, or is free text.</summary>
    Identifier,

    /// <summary>A column has the same value in every row.</summary>
    Constant,

    /// <summary>Columns have equal values in every row.</summary>
    CopiedColumns,

    /// <summary>Rows occur more than once.</summary>
    DuplicateRows,

    /// <summary>A single value lies far beyond all others.</summary>
    FarValue,

    /// <summary>A value such as −999 or 9999-12-31 stands for an unknown value.</summary>
    Sentinel,

    /// <summary>A word such as <c>unknown</c> stands for an unknown value.</summary>
    MissingWord,

    /// <summary>A column of words holds numbers, but for a few cells.</summary>
    NumbersAmongWords,

    /// <summary>More than 95 % of the cells of a column hold the same word.</summary>
    SkewedCategory,

    /// <summary>A column has many different words.</summary>
    ManyCategories,

    /// <summary>
    /// A column probably says which rows are anomalies: it has two values, one rarer than the other, and its name has a word for anomalies (<c>fraud</c>, <c>anomaly</c>, <c>outlier</c>, <c>attack</c>, <c>flagged</c> and the like),
    /// or only words for labels (<c>label</c>, <c>class</c>, <c>target</c>, <c>y</c>, <c>true_label</c>). Names such as <c>has_receipt</c>, <c>is_new</c> and <c>travel_class</c> do not count.
    /// So does, whatever its name, a column of yes and no, or of 0 and 1, that is missing in most rows.
    /// </summary>
    LikelyLabel,

    /// <summary>A column of dates and times rises from row to row: it may name the row, or only say when it came.</summary>
    RisingTime,

    /// <summary>Columns of numbers move together, so that a row can be strange although each of its values is usual.</summary>
    CorrelatedColumns,

    /// <summary>A column of words holds numbers in a notation that is not read: with a unit, a currency or a percent sign, with other marks, or with blanks between thousands.</summary>
    WrittenNumbers,

    /// <summary>Columns of numbers spread so differently that the distance of two rows is all but that in the larger ones.</summary>
    UnequalSpreads,

    /// <summary>Few of the rows that a conformal calibration set aside lie above the threshold that was found in them.</summary>
    FewAlertRows,
}
