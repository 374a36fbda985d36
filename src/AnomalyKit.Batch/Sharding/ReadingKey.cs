namespace AnomalyKit.Batch.Sharding;

/// <summary>Tells options of reading apart that give other cells from the same bytes. Which kinds columns have is not part of it: the plan has decided that.</summary>
internal static class ReadingKey
{
    public static string Of(TableReadOptions options, IReadOnlyList<ShardFile> files)
    {
        var items = new List<string>();
        if (files.Any(file => file.File.Format == TableFormat.Csv))
            AddCsv(items, options.Csv);
        if (files.Any(file => file.File.Format == TableFormat.Parquet))
            items.Add($"partitions {options.ReadPartitions}");
        return PartKey.Of(items);
    }

    private static void AddCsv(List<string> items, CsvTableOptions csv)
    {
        items.Add(
            $"csv {csv.Delimiter}|{csv.EncodingName}|{csv.HasHeader}|{csv.RepeatedNames}|{csv.Comment}|{csv.DecimalSeparator}|{csv.ThousandsSeparator}|{csv.AssumeUtc}");
        AddList(items, csv.CurrencySigns);
        AddList(items, csv.LocalNumberColumns);
        AddList(items, csv.DateFormats);
        AddList(items, csv.TrueWords);
        AddList(items, csv.FalseWords);
        AddList(items, csv.MissingMarks);
        AddList(items, csv.MissingCategoryMarks);
    }

    private static void AddList(List<string> items, IReadOnlyList<string>? list)
    {
        items.Add(list is null ? "none" : $"{list.Count}");
        items.AddRange(list ?? []);
    }
}
