using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Gives the columns of a file their names.</summary>
internal static class CsvTableHeader
{
    /// <summary>Reads the header, or the width of the first record.</summary>
    public static string[] Read(CsvRecords records, CsvErrors errors, CsvTableOptions options)
    {
        if (!records.MoveNext(out _))
            throw errors.File("the file is empty. Expected a header line and rows.");
        var row = new RecordRow(records);
        var names = new string[records.CellCount];
        for (int i = 0; i < names.Length; i++)
            names[i] = options.HasHeader ? row.Text(i).ToString() : ByPosition(i);
        if (options.HasHeader)
            ColumnPlan.CheckHeader(names, records, errors);
        else
            records.Repeat();
        records.ColumnCount = names.Length;
        for (int i = 0; i < names.Length; i++)
            names[i] = string.IsNullOrWhiteSpace(names[i]) ? ByPosition(i) : names[i];
        if (options.RepeatedNames == CsvRepeatedNames.Number)
            NumberRepeated(names);
        return names;
    }

    private static string ByPosition(int column) => string.Create(CultureInfo.InvariantCulture, $"f{column}");

    private static void NumberRepeated(string[] names)
    {
        var taken = new HashSet<string>(names, StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            int count = counts.GetValueOrDefault(names[i]) + 1;
            string name = names[i];
            while (count > 1 && !taken.Add(name = string.Create(CultureInfo.InvariantCulture, $"{names[i]}_{count}")))
                count++;
            counts[names[i]] = count;
            names[i] = name;
        }
    }
}
