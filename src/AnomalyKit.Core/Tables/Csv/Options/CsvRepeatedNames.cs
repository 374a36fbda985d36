namespace AnomalyKit;

/// <summary>What becomes of columns of a CSV file that have the same name.</summary>
public enum CsvRepeatedNames
{
    /// <summary>They cannot be read; the file is refused unless they are left out. This is the default.</summary>
    Refuse,

    /// <summary>The second <c>value</c> is called <c>value_2</c>, the third <c>value_3</c>; a name that is taken is passed over.</summary>
    Number,
}
