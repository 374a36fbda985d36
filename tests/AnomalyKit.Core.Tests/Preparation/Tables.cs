namespace AnomalyKit.Core.Tests.Preparation;

/// <summary>Small tables for the tests of preparations.</summary>
internal static class Tables
{
    public static FeatureTable Of(params TableColumn[] columns) => new(columns);

    public static DoubleColumn Numbers(string name, params double[] values) => new(name, values);

    public static CategoryColumn Words(string name, params string?[] words) => CategoryColumn.FromWords(name, words);

    public static BooleanColumn Booleans(string name, params sbyte[] cells) => new(name, cells);

    public static DateTimeColumn Dates(string name, params string?[] dates) => new(
        name,
        Array.ConvertAll(dates, date => date is null ? DateTimeColumn.MissingCell : DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture).Ticks),
        isUtc: false);

    /// <summary>The cells of a column of the matrix, by name.</summary>
    public static float[] Cells(FeatureMatrix matrix, string name)
    {
        int column = matrix.Schema.IndexOf(name);
        return [.. Enumerable.Range(0, matrix.RowCount).Select(row => matrix.Cells(row)[column])];
    }
}
