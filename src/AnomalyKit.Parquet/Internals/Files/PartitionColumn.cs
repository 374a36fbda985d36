using System.Collections.ObjectModel;
using System.Globalization;

namespace AnomalyKit.Parquet.Files;

/// <summary>A column whose cells are the same for all rows of a file, as the file's folders name them.</summary>
internal sealed class PartitionColumn
{
    private readonly string?[] _values;
    private readonly bool _isWhole;
    private readonly ReadOnlyCollection<string> _levels;

    /// <summary>Makes a column of the values of all files.</summary>
    public PartitionColumn(string name, string?[] values)
    {
        Name = name;
        _values = values;
        // 007 is a name, not a number: a number is written in one way only.
        _isWhole = values.Any(value => value is not null) && values.All(value => value is null || Whole(value) is not null);
        _levels = new ReadOnlyCollection<string>([.. values.OfType<string>().Distinct()]);
    }

    public string Name { get; }

    public ColumnKind Kind => _isWhole ? ColumnKind.Number : ColumnKind.Category;

    /// <summary>The cells of some rows of a file.</summary>
    public TableColumn Read(int file, int rows)
    {
        string? value = _values[file];
        if (!_isWhole)
        {
            var codes = new int[rows];
            Array.Fill(codes, value is null ? CategoryColumn.MissingCell : _levels.IndexOf(value));
            return new CategoryColumn(Name, codes, _levels);
        }

        var cells = new long[rows];
        Array.Fill(cells, value is null ? 0 : Whole(value)!.Value);
        var missing = value is null ? new bool[rows] : null;
        missing?.AsSpan().Fill(true);
        return new Int64Column(Name, cells, missing);
    }

    private static long? Whole(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number.ToString(CultureInfo.InvariantCulture) == value ? number : null;
}
