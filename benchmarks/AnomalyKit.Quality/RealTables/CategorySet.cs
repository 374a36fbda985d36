using System.IO.Compression;

namespace AnomalyKit.Quality;

/// <summary>A data set whose columns are categories: <c>NAME.csv.gz</c> of texts, empty where missing, and then a column <c>label</c> (1 = anomaly).</summary>
/// <param name="Native">The columns as categories; missing cells are NaN.</param>
/// <param name="NativeLevel">The columns as categories; missing cells are a level of their own.</param>
/// <param name="OneHot">One column of 0 and 1 per level; all 0 where the cell is missing.</param>
/// <param name="OneHotMissing">The same, NaN in all columns of a missing cell.</param>
internal sealed record CategorySet(FeatureMatrix Native, FeatureMatrix NativeLevel, FeatureMatrix OneHot, FeatureMatrix OneHotMissing)
{
    /// <summary>Reads a set. Texts must not hold commas.</summary>
    /// <exception cref="QualityException">A row has another number of cells than the header, or the last column is no label.</exception>
    public static CategorySet Load(string path)
    {
        var rows = new List<string[]>();
        using (var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress)))
        {
            while (reader.ReadLine() is { } line)
                rows.Add([.. line.Split(',').Select(cell => cell.Trim('"'))]);
        }

        string[] names = rows[0];
        rows.RemoveAt(0);
        int columns = names.Length - 1;
        if (names[^1] != "label" || rows.Find(row => row.Length != names.Length || row[^1] is not ("0" or "1")) is not null)
            throw new QualityException($"'{path}' is no set of texts with a last column 'label' of 0 and 1.");

        string[][] levels = [.. Enumerable.Range(0, columns).Select(column =>
            rows.Select(row => row[column]).Where(text => text.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray())];
        bool[] labels = [.. rows.Select(row => row[^1] == "1")];
        var native = new float[rows.Count * columns];
        for (int i = 0; i < native.Length; i++)
        {
            string text = rows[i / columns][i % columns];
            native[i] = text.Length == 0 ? float.NaN : Array.IndexOf(levels[i % columns], text);
        }

        var schema = new FeatureSchema(names[..^1])
            .WithCategories(Enumerable.Range(0, columns).ToDictionary(column => names[column], column => levels[column].Length))
            .WithMissing(names[..^1]);
        string[] expanded = [.. Enumerable.Range(0, columns).SelectMany(column => levels[column].Select(level => $"{names[column]}={level}"))];
        return new CategorySet(
            FeatureMatrix.Wrap(native, schema, labels),
            WithMissingLevel(native, levels, names[..^1], labels),
            FeatureMatrix.Wrap(Expand(native, levels, 0), new FeatureSchema(expanded), labels),
            FeatureMatrix.Wrap(Expand(native, levels, float.NaN), new FeatureSchema(expanded).WithMissing(expanded), labels));
    }

    private static FeatureMatrix WithMissingLevel(float[] codes, string[][] levels, string[] names, bool[] labels)
    {
        float[] cells = [.. codes.Select((code, i) => float.IsNaN(code) ? levels[i % levels.Length].Length : code)];
        var counts = Enumerable.Range(0, names.Length).ToDictionary(column => names[column], column => levels[column].Length + 1);
        return FeatureMatrix.Wrap(cells, new FeatureSchema(names).WithCategories(counts), labels);
    }

    private static float[] Expand(float[] codes, string[][] levels, float missing)
    {
        var cells = new List<float>();
        for (int i = 0; i < codes.Length; i++)
        {
            for (int level = 0; level < levels[i % levels.Length].Length; level++)
                cells.Add(float.IsNaN(codes[i]) ? missing : codes[i] == level ? 1 : 0);
        }

        return [.. cells];
    }
}
