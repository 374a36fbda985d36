namespace AnomalyKit;

/// <summary>What the cells of a column of a <see cref="FeatureTable"/> are.</summary>
public enum ColumnKind
{
    /// <summary>Numbers: <see cref="SingleColumn"/>, <see cref="DoubleColumn"/> or <see cref="Int64Column"/>.</summary>
    Number,

    /// <summary>Words out of a list, or any other text: <see cref="CategoryColumn"/>.</summary>
    Category,

    /// <summary>Yes or no: <see cref="BooleanColumn"/>.</summary>
    Boolean,

    /// <summary>Dates and times: <see cref="DateTimeColumn"/>.</summary>
    DateTime,
}
