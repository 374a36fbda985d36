namespace AnomalyKit.Database;

/// <summary>What the first values of a column say about its kind, where the column itself does not.</summary>
internal sealed class ValueEvidence
{
    private bool _hasNumber;
    private bool _hasFraction;
    private bool _hasText;
    private bool _hasBytes;

    /// <summary>Whether all numbers were whole.</summary>
    public bool IsWhole => _hasNumber && !_hasFraction && !_hasText;

    public void Look(object? value)
    {
        _hasBytes |= value is byte[];
        _hasText |= value is string;
        _hasFraction |= value is double or float or decimal;
        _hasNumber |= value is double or float or decimal or long or int;
    }

    /// <summary>Decides; numbers win over text, which is then refused where it is not a number.</summary>
    /// <param name="typeName">What the provider says of the column, for one without values.</param>
    public (ColumnKind? Kind, string Reason) Decide(string typeName)
    {
        if (_hasBytes)
            return (null, "its values are bytes");
        if (_hasNumber)
            return (ColumnKind.Number, _hasText ? "among its first values are numbers" : "its first values are numbers");
        if (_hasText)
            return (ColumnKind.Category, "its first values are text");
        return (typeName.ToUpperInvariant() is "INTEGER" or "REAL" ? ColumnKind.Number : ColumnKind.Category, $"it has no values; its type is {typeName}");
    }
}
