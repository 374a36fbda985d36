namespace AnomalyKit.Csv;

/// <summary>What a cell tells about the numbers of its column.</summary>
internal enum NumberShape
{
    /// <summary>It is not a number.</summary>
    None,

    /// <summary>A point, an exponent, or something else that whole numbers do not have.</summary>
    Fraction,

    /// <summary>A whole number of 64 bits.</summary>
    Whole,

    /// <summary>A whole number of more digits than 64 bits hold.</summary>
    TooLong,

    /// <summary>Digits that begin with a zero, which a number would lose.</summary>
    LeadingZero,
}
